// The arrows walk from spot to spot on the map ([data-spot]), to the nearest in that direction; plus and minus zoom.
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const KEYS = { "+": "map-in", "=": "map-in", "-": "map-out", 0: "map-all" };

const middle = (spot) => {
  const box = spot.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

// Straight ahead counts once, aside twice; what lies behind does not count.
const cost = ([x, y], [dx, dy]) => {
  const ahead = x * dx + y * dy;
  return ahead > 1 ? ahead + 2 * Math.abs(x * dy - y * dx) : Infinity;
};

document.addEventListener("keydown", (event) => {
  const map = event.target.closest?.("#map .map-picture");
  if (!map || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = document.getElementById(KEYS[event.key]);
  if (key && !key.disabled) {
    event.preventDefault();
    key.click();
  }
  const spot = event.target.closest("[data-spot]");
  const step = STEPS[event.key];
  if (!spot || !step) return;
  event.preventDefault();
  const [x, y] = middle(spot);
  let next = null;
  let least = Infinity;
  for (const other of map.querySelectorAll("[data-spot]")) {
    const [ox, oy] = middle(other);
    const price = other === spot ? Infinity : cost([ox - x, oy - y], step);
    if (price < least) [next, least] = [other, price];
  }
  next?.focus();
});
