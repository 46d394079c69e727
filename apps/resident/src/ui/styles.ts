// The look of the kit, for the web and for the mini-programs.
import './ui.css';
import './controls.css';
import './parts.css';
import './icons.css';
