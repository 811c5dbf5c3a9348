// The date slider moves the date field; letting go shows the day. An open page follows what happens.
document.querySelectorAll("[data-day-slider]").forEach((form) => {
  const range = form.querySelector("input[type=range]"), day = form.querySelector("input[type=date]");
  if (!range) return;
  const first = new Date(range.dataset.first + "T00:00:00Z");
  range.addEventListener("input", () => {
    day.value = new Date(first.getTime() + range.value * 86400000).toISOString().slice(0, 10);
  });
  range.addEventListener("change", () => form.requestSubmit());
});

const page = document.querySelector("[data-states]");
if (page && page.dataset.states) {
  const known = (promises) => JSON.stringify(Object.entries(promises).sort());
  let last = null;
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(page.dataset.states, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const now = known((await answer.json()).promises);
    if (last !== null && now !== last) location.reload();
    last = now;
  }, 3000);
}
