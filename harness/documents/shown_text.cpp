#include "harness/documents/shown_text.hpp"

#include <algorithm>
#include <cctype>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace onsite {
namespace {

constexpr std::string_view kElements[] = {
    "a",       "abbr",    "b",       "big",   "blockquote", "br",     "center",   "code",
    "del",     "details", "div",     "em",    "font",       "h1",     "h2",       "h3",
    "h4",      "h5",      "h6",      "hr",    "i",          "iframe", "img",      "input",
    "ins",     "kbd",     "label",   "li",    "mark",       "ol",     "p",        "pre",
    "s",       "script",  "section", "small", "span",       "strong", "style",    "sub",
    "summary", "sup",     "svg",     "table", "tbody",      "td",     "template", "textarea",
    "th",      "thead",   "title",   "tr",    "u",          "ul"};
constexpr std::string_view kNeverShown[] = {"script", "style", "template", "title", "iframe"};
constexpr std::string_view kWithoutContent[] = {"br", "hr", "img", "input"};
// Attributes of an element that nobody sees, written without white space and in small letters.
constexpr std::string_view kHiding[] = {
    "display:none",       "visibility:hidden", "opacity:0;",
    "opacity:0\"",        "opacity:0'",        "font-size:0",
    "font-size:1px",      "color:white",       "color:#fff",
    "color:transparent",  "color=\"white\"",   "color=white",
    "color='white'",      "color=\"#fff",      "color:rgb(255,255,255",
    "color:rgba(0,0,0,0", "left:-9999",        "text-indent:-9999"};
constexpr std::size_t kTagBytesMax = 2'000;

template <std::size_t n>
bool is_one_of(const std::string_view (&names)[n], std::string_view name) {
    return std::ranges::find(names, name) != std::end(names);
}

bool is_of_a_name(char c) { return is_letter(c) || is_digit(c); }

// "<span style=...>" at the front of a text; size 0 when there is no tag of an element we know.
struct Tag {
    std::string name;
    std::string attributes;  // Small letters, no white space.
    std::size_t size = 0;
    bool is_end = false;
};

Tag tag_at(std::string_view text) {
    Tag tag;
    std::size_t at = 1;
    if (at < text.size() && text[at] == '/') {
        tag.is_end = true;
        ++at;
    }
    while (at < text.size() && is_of_a_name(text[at])) tag.name += lower(text[at++]);
    const auto end = text.substr(0, kTagBytesMax).find('>', at);
    if (end == text.npos || !is_one_of(kElements, tag.name)) return {};
    for (; at < end; ++at) {
        if (text[at] == ' ' && text[at + 1] == 'h') tag.attributes += ' ';  // " hidden" is a word.
        if (!std::isspace(static_cast<unsigned char>(text[at]))) tag.attributes += lower(text[at]);
    }
    tag.size = end + 1;
    return tag;
}

bool hides_its_content(const Tag& tag) {
    if (is_one_of(kNeverShown, tag.name)) return true;
    if (tag.attributes.ends_with(" hidden") || tag.attributes.find(" hidden=") != std::string::npos)
        return true;
    return std::ranges::any_of(kHiding, [&](std::string_view words) {
        const auto at = tag.attributes.find(words);
        // "background-color:white" is honest.
        return at != std::string::npos && (at == 0 || tag.attributes[at - 1] != '-');
    });
}

// The end of `code` that begins here; the place itself when it is not closed on the line.
std::size_t end_of_code(std::string_view line, std::size_t at) {
    const auto ticks = std::min(line.find_first_not_of('`', at), line.size()) - at;
    const auto close = line.find(line.substr(at, ticks), at + ticks);
    return close == line.npos ? at + ticks : close + ticks;
}

// A definition of a link that leads nowhere, [//]: # (a note): the page shows nothing of it.
bool is_link_to_nowhere(std::string_view line) {
    line = trimmed(line);
    const auto label = line.find("]:");
    if (!line.starts_with('[') || line.starts_with("[^") || label == line.npos) return false;
    const std::string_view target = trimmed(line.substr(label + 2));
    const auto end = std::min(target.find_first_of(" \t"), target.size());
    return target.substr(0, end) == "#" || target.substr(0, end) == "<>";
}

}  // namespace

// Moves to the end of what is hidden, or to the end of the line.
std::size_t ShownText::skip_hidden(std::string_view line, std::size_t at) {
    if (is_comment_) {
        const auto end = line.find("-->", at);
        is_comment_ = end == line.npos;
        return is_comment_ ? line.size() : end + 3;
    }
    while ((at = std::min(line.find('<', at), line.size())) < line.size()) {
        const Tag tag = tag_at(line.substr(at));
        if (tag.name == hidden_element_) depth_ += tag.is_end ? -1 : 1;
        at += std::max<std::size_t>(tag.size, 1);
        if (depth_ == 0) {
            hidden_element_.clear();
            break;
        }
    }
    return at;
}

std::size_t ShownText::read_tag(std::string_view line, std::size_t at, Line& shown) {
    if (line.substr(at).starts_with("<!--")) {
        is_comment_ = shown.hides_some = true;
        return skip_hidden(line, at + 4);
    }
    const Tag tag = tag_at(line.substr(at));
    if (tag.size == 0) {
        shown.text += line[at];
        return at + 1;
    }
    if (!tag.is_end && hides_its_content(tag) && !is_one_of(kWithoutContent, tag.name)) {
        hidden_element_ = tag.name;
        depth_ = 1;
        shown.hides_some = true;
        return skip_hidden(line, at + tag.size);
    }
    if (tag.name == "br") shown.text += ' ';
    return at + tag.size;
}

ShownText::Line ShownText::read(std::string_view line) {
    Line shown;
    std::size_t at = 0;
    if (!is_hiding() && is_link_to_nowhere(line)) {
        shown.hides_some = true;
        return shown;
    }
    if (is_hiding()) {
        shown.hides_some = true;
        at = skip_hidden(line, 0);
    }
    while (at < line.size()) {
        if (line[at] == '`') {
            const std::size_t end = end_of_code(line, at);
            shown.text += line.substr(at, end - at);
            at = end;
        } else if (line[at] == '<') {
            at = read_tag(line, at, shown);
        } else {
            shown.text += line[at++];
        }
    }
    shown.text = without_unseen(shown.text);
    return shown;
}

}  // namespace onsite
