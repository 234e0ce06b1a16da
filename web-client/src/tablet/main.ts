import "../styles/tablet.scss";
import { TabletApp } from "./app";

const root = document.getElementById("app");
if (root !== null) new TabletApp(root);
