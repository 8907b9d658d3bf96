// The list of deployments: short addresses of filters, and fresh states as long as something is active.

const pause = 10_000;

for (const form of document.querySelectorAll('form[data-filter]')) {
  form.addEventListener('submit', () => {
    // Keeps the address short: what is not filtered by is not sent.
    for (const select of form.querySelectorAll('select')) select.disabled = select.value === '';
  });
}
// A page that comes back from the browser's cache can be filtered again.
window.addEventListener('pageshow', () => {
  for (const select of document.querySelectorAll('form[data-filter] select')) select.disabled = false;
});

async function follow() {
  const list = document.getElementById('list');
  if (!list || !('active' in list.dataset)) return;
  if (document.visibilityState === 'visible') {
    // The next turn tries again where the network is down.
    await deployerPage.refreshPart('list').catch(() => false);
  }
  setTimeout(follow, pause);
}
setTimeout(follow, pause);
