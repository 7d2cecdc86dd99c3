// Who decides, as people call themselves, remembered on this device.
const KEY = "mangrove.person";

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

class Person {
  #name = $state(remembered());

  get name(): string {
    return this.#name;
  }

  be(name: string) {
    this.#name = name;
    try {
      localStorage.setItem(KEY, name);
    } catch {
      // Without storage it lasts as long as the page.
    }
  }
}

export const person = new Person();
