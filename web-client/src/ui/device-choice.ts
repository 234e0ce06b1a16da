// The choice of microphone and loudspeaker, beside the level that shows whether the right one hears.

import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { DeviceChoice } from "../client/sound-devices";
import { icon } from "./icons";
import { alertBox, type PartContext } from "./parts";

const BUTTON = "devices-button";
const PANEL = "devices";
/** No device has this id. */
const ABSENT = "absent";

/** Opens the choice and closes it; nothing where there is nothing to choose from. */
export function deviceButton({ t, state, client }: PartContext): TemplateResult | typeof nothing {
  const { offered, shown } = state.sound;
  if (!offered) return nothing;
  return html`<button
    id=${BUTTON}
    type="button"
    class="icon-button mic__choose"
    aria-expanded=${shown}
    aria-controls=${shown ? PANEL : nothing}
    aria-label=${t("devices.choose")}
    title=${t("devices.choose")}
    @click=${() => client.sound.toggle()}
  >
    ${icon("sliders")}
  </button>`;
}

/** The lists, and a try of the microphone while it is off. */
export function devicePanel(ctx: PartContext): TemplateResult | typeof nothing {
  const { t, state, client } = ctx;
  const { shown, microphone, speaker, named } = state.sound;
  if (!shown) return nothing;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    client.sound.hide();
    document.getElementById(BUTTON)?.focus();
  };
  return html`<div
    id=${PANEL}
    class="devices"
    role="group"
    aria-label=${t("devices.choose")}
    @keydown=${onKey}
  >
    <div class="devices__one">
      ${named
        ? deviceList(ctx, "microphone", microphone, (id) => client.sound.chooseMicrophone(id))
        : html`<p>${t("devices.unnamed")}</p>`}
      ${hearing(ctx)}
    </div>
    ${speaker === null || (speaker.devices.length < 2 && speaker.absent === null)
      ? nothing
      : html`<div class="devices__one">
          ${deviceList(ctx, "speaker", speaker, (id) => client.sound.chooseSpeaker(id))}
        </div>`}
  </div>`;
}

function deviceList(
  { t }: PartContext,
  kind: "microphone" | "speaker",
  { devices, chosen, absent }: DeviceChoice,
  choose: (id: string | null) => void,
): TemplateResult {
  // One is no choice.
  if (devices.length < 2 && absent === null && chosen === null) {
    return html`<p>${t(`devices.${kind}`)}: ${devices[0]?.label ?? t("devices.standard")}</p>`;
  }
  const onChange = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    if (value !== ABSENT) choose(value === "" ? null : value);
  };
  const nowhere = chosen === null && absent === null;
  const id = `${kind}-device`;
  return html`<div class="devices__list">
    <label for=${id}>${t(`devices.${kind}`)}</label>
    <select id=${id} class="form-select" @change=${onChange}>
      <option value="" .selected=${live(nowhere)}>${t("devices.standard")}</option>
      ${absent === null
        ? nothing
        : html`<option value=${ABSENT} .selected=${live(true)}>
            ${t("devices.absent", { name: absent })}
          </option>`}
      ${devices.map(
        (one) =>
          html`<option value=${one.id} .selected=${live(one.id === chosen)}>${one.label}</option>`,
      )}
    </select>
  </div>`;
}

/** Which one hears, and how loudly. */
function hearing({ t, state, client }: PartContext): TemplateResult {
  const { using, trial } = state.sound;
  const on = state.mic.kind === "on" || state.mic.kind === "starting";
  const trying = trial.kind === "on" || trial.kind === "starting";
  const bar = on
    ? html`<span class="level__bar" data-level></span>`
    : html`<span class="level__bar" data-trial></span>`;
  return html`<div class="devices__hearing">
      <span class="level" aria-hidden="true">${bar}</span>
      ${on
        ? nothing
        : html`<button
            type="button"
            class="button button-secondary"
            @click=${() => client.sound.toggleTrial()}
          >
            ${icon(trying ? "stop" : "mic")}
            <span>${t(trying ? "devices.try.stop" : "devices.try")}</span>
          </button>`}
    </div>
    <div role="status" aria-live=${on ? "off" : "polite"}>
      ${using === null ? nothing : html`<p>${t("devices.hears", { name: using })}</p>`}
      ${trial.kind === "on" ? html`<p>${t("devices.try.text")}</p>` : nothing}
      ${trial.kind === "trouble" ? alertBox("error", t(`mic.trouble.${trial.trouble}`)) : nothing}
    </div>`;
}
