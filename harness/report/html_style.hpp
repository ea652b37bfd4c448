// The style sheet of the HTML report: light and dark, readable on paper. Used inside this room
// only.
#pragma once

#include <string_view>

namespace onsite {

inline constexpr std::string_view kReportStyle = R"css(
:root { color-scheme: light dark; --ink: #1d2330; --paper: #fbfbfd; --card: #fff; --line: #dfe3ec;
  --faint: #667085; --pass: #14804a; --fail: #c0262d; --open: #9a6700; --bar: #3b5bdb; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9f0; --paper: #12151c; --card: #1a1f29; --line: #2c3442; --faint: #95a0b5;
    --pass: #4cc38a; --fail: #ff7b80; --open: #e2b340; --bar: #7c93f5; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0 1rem; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; display: flex; justify-content: space-between;
     gap: 1rem; }
p { margin: .5rem 0; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1rem 1.25rem; margin: 1rem 0; }
section.is-open { border-style: dashed; }
.faint { color: var(--faint); font-weight: 400; }
.points { font-variant-numeric: tabular-nums; white-space: nowrap; }
.total { font-size: 1.5rem; font-variant-numeric: tabular-nums; margin: 0; }
.total b { font-size: 2.6rem; }
.notice { border: 2px solid var(--fail); color: var(--fail); border-radius: 10px;
  padding: .75rem 1rem; font-weight: 600; }
.bar { height: .5rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
.bar div { height: 100%; background: var(--bar); }
.check { border-top: 1px solid var(--line); padding: .5rem 0; }
.check summary { cursor: pointer; }
.check summary code { margin: 0 .4rem; }
.pass summary b { color: var(--pass); }
.fail summary b { color: var(--fail); }
.open summary b { color: var(--open); }
code, pre { font: .85rem/1.45 ui-monospace, "Cascadia Code", "DejaVu Sans Mono", monospace; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .75rem;
  overflow-x: auto; margin: .5rem 0; }
.growth { display: grid; gap: .75rem; }
svg { width: 100%; max-width: 30rem; font: 11px system-ui, sans-serif; }
svg text { fill: var(--faint); }
svg .end { text-anchor: end; }
svg polyline, svg .axis { fill: none; stroke-width: 2; }
svg .axis { stroke: var(--line); }
svg .subject { stroke: var(--bar); }
svg .reference { stroke: var(--faint); stroke-dasharray: 4 4; }
svg.bars { max-width: 36rem; display: block; }
svg .track { fill: var(--line); }
svg .fill { fill: var(--bar); }
blockquote { margin: .5rem 0; padding: 0 .75rem; border-left: 3px solid var(--bar); }
blockquote p { overflow-wrap: anywhere; }
.signal { font-size: 1.1rem; }
ol { margin: .5rem 0; padding-left: 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
@media print { body { background: #fff; } section { break-inside: avoid; }
  pre { overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; } }
)css";

}  // namespace onsite
