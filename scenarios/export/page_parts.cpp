#include "scenarios/export/page_parts.hpp"

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #57606a; --line: #d0d7de;
  --bad: #b3141d; --bad-paper: #ffebe9; --cause: #7a4b00; --cause-paper: #fff4d6; --fault: #b3141d;
  --money: #116329; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9aa4ae; --line: #30363d; --bad: #ff8b84;
    --bad-paper: #3c1618; --cause: #f2cc60; --cause-paper: #2e2607; --fault: #ff8b84;
    --money: #7ee2a0; --link: #79b8ff; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  margin: 1.5rem; }
h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1.05rem; }
header p { margin: .3rem 0; max-width: 72rem; }
a { color: var(--link); } code { font-size: .9em; }
.pass { color: var(--money); } p.fail { color: var(--bad); }
.drawing { overflow-x: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .lane { stroke: var(--line); } svg .name { font-weight: 600; }
svg .time { fill: var(--faint); } svg .arrow { stroke: var(--ink); fill: none; }
svg .head { fill: var(--ink); stroke: none; } svg .fault { fill: var(--fault); font-weight: 600; }
svg .money text { fill: var(--money); font-weight: 600; }
svg .row { fill: none; } svg .cause .row { fill: var(--cause-paper); }
svg .bad .row { fill: var(--bad-paper); stroke: var(--bad); }
svg .lit .row { fill: var(--cause-paper); stroke: var(--cause); }
ol { list-style: none; padding: 0; font: 13px/1.6 ui-monospace, monospace; }
li { padding: 0 .4rem; overflow-wrap: anywhere; }
li .line { text-underline-offset: .2em; text-decoration-thickness: 1px; }
li time { color: var(--faint); } li.cause, li.lit { background: var(--cause-paper); }
li.bad { background: var(--bad-paper); outline: 1px solid var(--bad); }
a:focus-visible, .drawing:focus-visible { outline: 2px solid var(--link); }
)";

constexpr std::string_view kScript = R"(
const lines = [...document.querySelectorAll('a.line')];
function light(item) {
  document.querySelectorAll('.lit').forEach(one => one.classList.remove('lit'));
  for (let at = item; at; at = document.getElementById('l' + at.dataset.cause)) {
    at.classList.add('lit');
    const drawn = document.getElementById('e' + at.id.slice(1));
    if (drawn) drawn.classList.add('lit');
  }
}
lines.forEach((line, i) => {
  line.addEventListener('focus', () => light(line.parentElement));
  line.addEventListener('keydown', event => {
    const next = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (next === undefined || !lines[next]) return;
    event.preventDefault();
    lines[next].focus();
  });
});
document.body.dataset.drawn = document.querySelectorAll('svg .event').length;
)";

}  // namespace

std::string page_text(std::string_view text) { return markup(harmless(text, Lines::one)); }

std::string page_begin(std::string_view title) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
        "<title>{}</title>\n<style>{}</style></head>\n<body>\n",
        page_text(title), kStyle);
}

std::string_view page_end() {
    static const std::string end = fmt::format("<script>{}</script>\n</body></html>\n", kScript);
    return end;
}

}  // namespace onsite::scenarios
