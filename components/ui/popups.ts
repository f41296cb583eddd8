// Each part by its own path: through the package's index all of them would come with the first.
import * as Dialog from "radix-ui/dialog";
import * as DropdownMenu from "radix-ui/dropdown-menu";
import * as Popover from "radix-ui/popover";
import * as Select from "radix-ui/select";
import * as Tooltip from "radix-ui/tooltip";

/** What opens over the page: no page needs it before somebody reaches for something. */
export { Command } from "cmdk";
export { Dialog, DropdownMenu, Popover, Select, Tooltip };
