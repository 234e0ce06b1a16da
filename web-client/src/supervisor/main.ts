import "../styles/supervisor.scss";
import { SupervisorApp } from "./app";

const root = document.getElementById("app");
if (root !== null) new SupervisorApp(root);
