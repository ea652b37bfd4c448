#include "harness/documents/yaml.hpp"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

YamlNode read(const std::string& text) {
    auto node = parse_yaml(text, "a.yaml");
    EXPECT_TRUE(node) << (node ? "" : node.error().message);
    return node ? std::move(*node) : YamlNode{};
}

std::string refusal_of(const std::string& text) {
    const auto node = parse_yaml(text, "a.yaml");
    return node ? "" : node.error().message;
}

TEST(YamlTest, EveryNodeKnowsItsLine) {
    const YamlNode root = read("# a comment\ntitle: Invoices\npaths:\n  - one\n  -\n    two: 2\n");
    EXPECT_EQ(root.line, 2);
    EXPECT_EQ(root.find("title")->line, 2);
    EXPECT_EQ(root.find("title")->text, "Invoices");
    const YamlNode& paths = *root.find("paths");
    ASSERT_EQ(paths.items.size(), 2U);
    EXPECT_EQ(paths.items[0].line, 4);
    EXPECT_EQ(paths.items[1].members[0].line, 6);
    EXPECT_EQ(paths.items[1].at({"two"})->line, 6);
}

TEST(YamlTest, QuotesMakeText) {
    const YamlNode root = read("a: 12\nb: '12'\nc: |\n  12\nd: ~\ne: true\nf: \"true\"\n");
    EXPECT_EQ(root.find("a")->integer(), 12);
    EXPECT_EQ(root.find("b")->integer(), std::nullopt);
    EXPECT_EQ(root.find("c")->integer(), std::nullopt);
    EXPECT_TRUE(root.find("d")->is_null());
    EXPECT_EQ(root.find("e")->boolean(), true);
    EXPECT_EQ(root.find("f")->boolean(), std::nullopt);
}

TEST(YamlTest, IntegersMayHaveUnderscoresBetweenDigits) {
    EXPECT_EQ(read("a: 1_000_000").find("a")->integer(), 1'000'000);
    EXPECT_EQ(read("a: -5").find("a")->integer(), -5);
    EXPECT_EQ(read("a: 9223372036854775807").find("a")->integer(), INT64_MAX);
    for (const char* text : {"1__0", "_1", "1_", "1.5", "1e3", "0x10", "9223372036854775808"}) {
        EXPECT_EQ(read(fmt::format("a: {}", text)).find("a")->integer(), std::nullopt) << text;
    }
}

TEST(YamlTest, ReadsJson) {
    const YamlNode root = read(R"({"a": [1, {"b": "c"}]})");
    EXPECT_EQ(root.find("a")->items[1].text_of("b"), "c");
}

TEST(YamlTest, AnEmptyTextIsNothing) {
    EXPECT_TRUE(read("").is_null());
    EXPECT_EQ(read("# only a comment\n").line, 1);
}

TEST(YamlTest, AKeyTwiceIsRefusedWithBothLines) {
    EXPECT_EQ(refusal_of("a: 1\nb: 2\na: 3\n"),
              "a.yaml:3: expected each key once in its map, found \"a\" here and in line 1; "
              "remove one");
    EXPECT_EQ(refusal_of("x: {a: 1}\ny: {a: 1}\n"), "");
}

TEST(YamlTest, SaysWhereTextIsNoYaml) {
    EXPECT_THAT(refusal_of("a: 1\nb: [1, 2\n"), StartsWith("a.yaml:"));
    EXPECT_THAT(refusal_of("a: 1\n\tb: 2\n"), HasSubstr("a.yaml:2"));
    EXPECT_THAT(refusal_of("a: *b\n"), HasSubstr("a.yaml:1"));
}

TEST(YamlTest, AliasesAreRepeatedAndKeepTheirLines) {
    const YamlNode root = read("a: &one {b: 1}\nc: *one\n");
    EXPECT_EQ(root.at({"c", "b"})->integer(), 1);
    EXPECT_EQ(root.at({"c", "b"})->line, 1);
}

TEST(YamlTest, RefusesAnAliasOfAnAliasOfAnAlias) {
    std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        laughs += fmt::format(
            "a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, "
            "*a{1}, *a{1}, *a{1}]\n",
            i, i - 1);
    }
    EXPECT_THAT(refusal_of(laughs), HasSubstr("those that aliases repeat"));
}

TEST(YamlTest, RefusesAnAliasInsideItself) {
    EXPECT_THAT(refusal_of("a: &a [*a]\n"), HasSubstr("inside itself"));
}

TEST(YamlTest, RefusesTooManyAliases) {
    std::string text = "a: &a x\nb:\n";
    for (std::size_t i = 0; i <= kYamlAliasesMax; ++i) text += "- *a\n";
    EXPECT_THAT(refusal_of(text), HasSubstr("aliases"));
}

TEST(YamlTest, RefusesDepth) {
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') +
               std::string(static_cast<std::size_t>(depth), ']');
    };
    EXPECT_EQ(refusal_of(nested(kYamlDepthMax)), "");
    EXPECT_THAT(refusal_of(nested(kYamlDepthMax + 1)), HasSubstr("levels of nesting"));
    EXPECT_THAT(refusal_of(nested(100'000)), HasSubstr("levels of nesting"));
    EXPECT_THAT(refusal_of(std::string(100'000, '{')), StartsWith("a.yaml:"));
    // By aliases: each is one level around the one before.
    std::string deep = "- &a0 [x]\n";
    for (int i = 1; i <= kYamlDepthMax; ++i) deep += fmt::format("- &a{} [*a{}]\n", i, i - 1);
    EXPECT_THAT(refusal_of(deep), HasSubstr("levels of nesting"));
}

TEST(YamlTest, RefusesSizeNodesDocumentsAndBytes) {
    EXPECT_THAT(refusal_of(std::string(kYamlBytesMax + 1, 'x')), HasSubstr("bytes"));
    std::string many = "a:\n";
    for (std::size_t i = 0; i <= kYamlNodesMax; ++i) many += "- x\n";
    EXPECT_THAT(refusal_of(many), HasSubstr("values"));
    EXPECT_THAT(refusal_of("a: 1\n---\nb: 2\n"), HasSubstr("one document"));
    EXPECT_THAT(refusal_of("a: \xff\n"), HasSubstr("UTF-8"));
    EXPECT_EQ(refusal_of("a: 1\nb: x\x04y\n"),
              "a.yaml:2: expected text, found the control character \\x04; remove it");
    EXPECT_THAT(refusal_of("? [a, b]\n: 1\n"), HasSubstr("a list or a map"));
}

}  // namespace
}  // namespace onsite
