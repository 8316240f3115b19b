// Every page's behaviours in one request: the storage folds these files into one (core.adapters).
// A behaviour stands alone: it listens on document, is marked by a data- attribute, imports and exports nothing.
import "./trusted.js";
import "./theme.js";
import "./names.js";
import "./menu.js";
import "./dialog.js";
import "./drafts.js";
import "./copy.js";
import "./print.js";
import "./toast.js";
import "./submit.js";
import "./idle.js";
import "./requests.js";
import "./htmx.js";
