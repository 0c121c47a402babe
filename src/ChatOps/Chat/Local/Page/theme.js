// Classic and in the head, so that a stored theme is there before the first paint.
(() => {
  const key = 'chatops.theme';
  const root = document.documentElement;
  let choice = 'auto';
  try {
    choice = localStorage.getItem(key) ?? 'auto';
  } catch {
    // No storage: the choice lasts as long as the page.
  }

  function apply() {
    if (choice === 'auto') delete root.dataset.theme;
    else root.dataset.theme = choice;
    for (const button of document.querySelectorAll('[data-theme-choice]')) {
      const chosen = button.dataset.themeChoice === choice;
      button.setAttribute('aria-checked', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  }

  function choose(button) {
    choice = button.dataset.themeChoice;
    try {
      localStorage.setItem(key, choice);
    } catch {
      // As above.
    }
    apply();
    button.focus();
  }

  apply();
  document.addEventListener('DOMContentLoaded', () => {
    apply();
    const buttons = [...document.querySelectorAll('[data-theme-choice]')];
    for (const [at, button] of buttons.entries()) {
      button.addEventListener('click', () => choose(button));
      button.addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        choose(buttons[(at + step + buttons.length) % buttons.length]);
      });
    }
  });
})();
