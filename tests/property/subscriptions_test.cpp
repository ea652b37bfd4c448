// Whatever a candidate writes, the checks of section 3 give a verdict; the order of keys in
// api.yaml changes none of them; and a machine that is sound never leaves its end.

#include <algorithm>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "tests/property/property.hpp"
#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

rc::Gen<std::string> text_of(std::vector<std::string> pieces) {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                        [](const std::vector<std::string>& chosen) {
                            std::string text;
                            for (const std::string& piece : chosen) text += piece;
                            return text;
                        });
}

const std::vector<std::string> kYaml = {"openapi: 3.0.3\n",
                                        "paths:\n",
                                        "  /v1/things/{id}:\n",
                                        "    post:\n",
                                        "      responses:\n",
                                        "        '200': {content: {application/json: {schema: ",
                                        "{$ref: \"#/components/schemas/A\"}",
                                        "}}}\n",
                                        "x-webhooks: {a: {post: {}}}\n",
                                        "components: {schemas: {A: {allOf: [",
                                        "]}}}\n",
                                        "{properties: {amount: {type: integer}, id: 1}}",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        "&a ",
                                        "*a ",
                                        ": ",
                                        "- ",
                                        "\n",
                                        "  ",
                                        "\"",
                                        "'",
                                        "null",
                                        "\t",
                                        "\xff",
                                        "|\n",
                                        "parameters:\n",
                                        "      - {name: limit, in: query}\n"};

const std::vector<std::string> kMarkdown = {
    "# ",
    "## Trials\n",
    "### Context\n",
    "```machine\n",
    "```proration\n",
    "```\n",
    "~~~~",
    "none + create -> active\n",
    "active + cancel_now [paid, not x] -> canceled : credit, set x\n",
    "canceled + resume -> same",
    " | ",
    "->",
    "[",
    "]",
    ":",
    ",",
    "a_credit = 1497\n",
    "<!--",
    "-->",
    "\n",
    "word ",
    "\xc3",
    "\r",
    "#"};

TEST(SubscriptionsProperty, AnyTextGetsAVerdict) {
    const std::string cases = cases_text();
    expect_property([&] {
        const std::string api = *rc::gen::oneOf(text_of(kYaml), rc::gen::arbitrary<std::string>());
        const std::string decisions =
            *rc::gen::oneOf(text_of(kMarkdown), rc::gen::arbitrary<std::string>());
        const auto material = read_material({decisions, api}, {}, cases);
        RC_ASSERT(material.has_value());
        for (const Check& check : all_checks(*material)) {
            const auto verdict = check.run();
            RC_ASSERT(verdict.has_value());
            RC_ASSERT(verdict->percent >= 0 && verdict->percent <= 100);
            RC_ASSERT((verdict->outcome == Outcome::pass) == (verdict->percent == 100));
        }
    });
}

std::string quoted(const std::string& text) {
    std::string written = "\"";
    for (const char letter : text) {
        if (letter == '\n') {
            written += "\\n";
            continue;
        }
        if (letter == '"' || letter == '\\') written += '\\';
        written += letter;
    }
    return written + "\"";
}

// Writes a tree as flow YAML, the members of every map in another order.
std::string shuffled(const YamlNode& node, Rng& rng) {
    if (node.is_null()) return "null";
    if (node.is_scalar()) {
        const bool is_plain = !node.is_quoted && (node.integer() || node.boolean());
        return is_plain ? node.text : quoted(node.text);
    }
    std::vector<std::string> parts;
    for (const YamlNode& item : node.items) parts.push_back(shuffled(item, rng));
    for (const YamlMember& member : node.members) {
        parts.push_back(quoted(member.key) + ": " + shuffled(member.value, rng));
    }
    if (node.is_map()) {
        for (std::size_t i = parts.size(); i > 1; --i) {
            std::swap(parts[i - 1], parts[rng.below(i)]);
        }
    }
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",\n") + part;
    return node.is_map() ? "{" + text + "}" : "[" + text + "]";
}

TEST(SubscriptionsProperty, OrderOfKeysMeansNothing) {
    std::vector<Documents> answers = {model_answer()};
    for (const char* name : {"names_no_param", "pages_by_offset", "closes_an_enum"}) {
        answers.push_back({answers[0].decisions,
                           testing::read_text(source_root() / "tests/mutants/3-subscriptions" /
                                              name / "api.yaml")});
    }
    for (const Documents& answer : answers) {
        const auto expected = judged(answer);
        const auto tree = parse_yaml(answer.api, "api.yaml");
        ASSERT_TRUE(tree);
        expect_property(
            [&] {
                Rng rng(*rc::gen::arbitrary<std::uint64_t>());
                const auto found = judged({answer.decisions, shuffled(*tree, rng)});
                RC_ASSERT(found.size() == expected.size());
                for (const auto& [name, verdict] : expected) {
                    RC_ASSERT(found.at(name).outcome == verdict.outcome);
                    RC_ASSERT(found.at(name).percent == verdict.percent);
                    RC_ASSERT(found.at(name).cases == verdict.cases);
                }
            },
            5);
    }
}

std::string any_of(std::span<const std::string_view> words) {
    return std::string(
        *rc::gen::elementOf(std::vector<std::string_view>(words.begin(), words.end())));
}

std::string any_line() {
    const std::string guard = *rc::gen::inRange(0, 3) == 0 ? "" : " [" + any_of(fact_words()) + "]";
    const std::string target = *rc::gen::arbitrary<bool>() ? "same" : any_of(state_words());
    return fmt::format("{} + {}{} -> {} : {}\n", any_of(state_words()), any_of(event_words()),
                       guard, target, any_of(effect_words()));
}

TEST(SubscriptionsProperty, SoundMachineNeverLeavesItsEnd) {
    const std::string start = "none + create -> active\nactive + cancel_now -> canceled\n";
    expect_property(
        [&] {
            std::string lines = start;
            const int count = *rc::gen::inRange(0, 8);
            for (int i = 0; i < count; ++i) lines += any_line();
            const Page page = read_page("```machine\n" + lines + "```\n");
            const Machine machine = read_machine(page.blocks.at(0));
            if (!machine.problems.empty() || !unsound_parts(machine).empty()) return;
            Running running(machine);
            for (int i = 0; i < 30; ++i) {
                const std::string before = running.state();
                running.send(any_of(event_words()), {any_of(fact_words())});
                RC_ASSERT(!is_final(before) || running.state() == before);
            }
        },
        300);
}

}  // namespace
}  // namespace onsite::subscriptions
