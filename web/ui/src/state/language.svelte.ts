// The language in which names and labels are asked for, remembered on this device.
import type { Language } from "../api/calls";

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "fr", name: "Français" },
  { code: "es", name: "Español" },
];
const KEY = "mangrove.language";

function remembered(): Language {
  try {
    const code = localStorage.getItem(KEY);
    return LANGUAGES.find((language) => language.code === code)?.code ?? "en";
  } catch {
    return "en";
  }
}

class Chosen {
  #code = $state<Language>(remembered());

  get code(): Language {
    return this.#code;
  }

  choose(code: Language) {
    this.#code = code;
    try {
      localStorage.setItem(KEY, code);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

export const language = new Chosen();
