// The print page keeps to light and carries no theme; its key for printing shows where scripts run.
document.documentElement.dataset.js = "";
