import "../styles/staff.scss";
import { currentSession } from "../protocol/api";
import { whereItBegan } from "../protocol/sign-in-return";
import { tabStorage } from "../protocol/ticket-store";
import { StaffApp } from "./app";

const root = document.getElementById("app");
void whereItBegan(tabStorage(), window.location.search, Date.now(), currentSession).then((elsewhere) => {
  if (elsewhere !== null) window.location.replace(elsewhere);
  else if (root !== null) new StaffApp(root);
});
