import "../styles/staff.scss";
import { StaffApp } from "./app";

const root = document.getElementById("app");
if (root !== null) new StaffApp(root);
