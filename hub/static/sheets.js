// Shows how far an import is, and shows its page again when it goes over to something else.
const bar = document.getElementById("progress");
const done = document.getElementById("done");

async function look() {
  try {
    const answer = await fetch(bar.dataset.state, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (!state.atWork || state.stage !== bar.dataset.stage) {
      location.reload();
      return;
    }
    done.textContent = state.done.toLocaleString("en");
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
    }
    setTimeout(look, 500);
  } catch {
    setTimeout(look, 3000);
  }
}

setTimeout(look, 300);
