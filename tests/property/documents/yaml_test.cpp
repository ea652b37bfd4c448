// Any bytes are read or refused with a line; nothing crashes, and nothing that is read is lost.
#include "harness/documents/yaml.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/documents/openapi.hpp"
#include "tests/property/property.hpp"

namespace onsite {
namespace {

int lines_in(const std::string& text) {
    return 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

// Every line is one of the text's.
void expect_lines(const YamlNode& node, int last) {
    RC_ASSERT(node.line >= 1 && node.line <= last);
    for (const YamlNode& item : node.items) expect_lines(item, last);
    for (const YamlMember& member : node.members) {
        RC_ASSERT(member.line >= 1 && member.line <= last);
        expect_lines(member.value, last);
    }
}

void expect_read_or_refused(const std::string& text) {
    const auto node = parse_yaml(text, "a.yaml");
    if (node) {
        expect_lines(*node, lines_in(text));
    } else {
        RC_ASSERT(node.error().message.starts_with("a.yaml:"));
    }
    RC_ASSERT(!OpenApi::read(text, "a.yaml") || node);
}

TEST(YamlProperty, AnyBytesAreReadOrRefused) {
    expect_property([] { expect_read_or_refused(*rc::gen::string<std::string>()); }, 2'000);
}

// Bytes that mean something reach further into a parser than others do.
TEST(YamlProperty, AnySoupOfWordsIsReadOrRefused) {
    const std::vector<std::string> words = {
        "a",    "b",  ":",   " ",     "  ",       "\n",   "-",    "- ",   "?",  "? ",
        "[",    "]",  "{",   "}",     ",",        "&a",   "*a",   "!",    "!2", "!!x",
        "!<x>", "|",  ">",   "|2",    "\"",       "'",    "\\",   "#",    " #", "%",
        "@",    "`",  "---", "...",   "\xc3\xa4", "~",    "\\x",  "\\u1", "\t", "<<:",
        "\r",   "|+", ">-9", "%YAML", "\n ",      "\n  ", "\n- ", "$ref", ": "};
    expect_property(
        [&] {
            const auto picked =
                *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words));
            std::string text;
            for (const std::string& word : picked) text += word;
            expect_read_or_refused(text);
            expect_read_or_refused("openapi: 3.0.3\npaths:\n  " + text);
        },
        4'000);
}

TEST(YamlProperty, MapsKeepTheirOrderAndTheirLines) {
    expect_property([] {
        const auto sizes = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
        std::string text;
        std::vector<int> lines;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            for (int empty = 0; empty < sizes[i]; ++empty) text += "# nothing\n";
            lines.push_back(lines_in(text));
            text += fmt::format("key{}: value{}\n", i, i);
        }
        const auto node = parse_yaml(text, "a.yaml");
        RC_ASSERT(node.has_value());
        RC_ASSERT(node->members.size() == sizes.size());
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            RC_ASSERT(node->members[i].key == fmt::format("key{}", i));
            RC_ASSERT(node->members[i].line == lines[i]);
            RC_ASSERT(node->members[i].value.text == fmt::format("value{}", i));
        }
    });
}

}  // namespace
}  // namespace onsite
