// Reads cases.json. Our own file, read as strictly as anybody's: a typing error in it would make
// an expectation that nothing can fail.

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/3-subscriptions/checks/life.hpp"

namespace onsite::subscriptions {
namespace {

constexpr int kDayMax = 3'660;

// Complains about a word that the grammar does not have. "not card" is the fact card.
void expect_words(JsonReader& reader, const char* key, const std::vector<std::string>& found,
                  std::span<const std::string_view> known) {
    for (std::string_view word : found) {
        if (word.starts_with("not ")) word.remove_prefix(4);
        if (std::ranges::find(known, word) != known.end()) continue;
        reader.complain(key, fmt::format("expected words of the grammar, found \"{}\"", word));
    }
}

std::vector<std::string> effects(JsonReader& reader, const char* key) {
    std::vector<std::string> words = reader.texts_or_none(key);
    expect_words(reader, key, words, effect_words());
    return words;
}

Result<Expectation> expectation_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Expectation expectation;
    expectation.from = reader.text_or("from", "");
    expectation.states = reader.texts_or_none("state");
    expect_words(reader, "state", expectation.states, state_words());
    if (!expectation.from.empty()) {
        expect_words(reader, "from", {expectation.from}, state_words());
    }
    expectation.does = effects(reader, "does");
    expectation.does_one_of = effects(reader, "does_one_of");
    expectation.does_not = effects(reader, "does_not");
    expectation.is_nothing = reader.flag_or("nothing", false);
    expectation.because = reader.text("because");
    if (auto done = reader.finish(); !done) return pass_on(done);
    return expectation;
}

Result<LifeStep> step_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    LifeStep step;
    step.day = static_cast<int>(reader.number("day", 0, kDayMax));
    step.event = reader.text("event");
    expect_words(reader, "event", {step.event}, event_words());
    step.facts = reader.texts_or_none("facts");
    expect_words(reader, "facts", step.facts, fact_words());
    static const Json kNone = Json::array();
    const Json& expected = reader.has("expect") ? reader.array("expect") : kNone;
    if (auto done = reader.finish(); !done) return pass_on(done);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        auto one = expectation_from_json(expected[i], fmt::format("{}.expect[{}]", where, i));
        if (!one) return pass_on(one);
        step.expectations.push_back(std::move(*one));
    }
    return step;
}

Result<Life> life_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Life life;
    life.name = reader.text("name");
    life.topic = reader.text("topic");
    life.title = reader.text("title");
    const Json& steps = reader.array("steps");
    if (steps.empty() || steps.size() > kStepsMax) {
        reader.complain("steps", fmt::format("expected 1 to {} steps", kStepsMax));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto step = step_from_json(steps[i], fmt::format("{}.steps[{}]", where, i));
        if (!step) return pass_on(step);
        life.steps.push_back(std::move(*step));
    }
    return life;
}

}  // namespace

Result<std::vector<Life>> lives_from_json(std::string_view text, std::string_view what) {
    auto value = parse_json(text, what, JsonComments::allowed);
    if (!value) return pass_on(value);
    JsonReader reader(*value, std::string(what));
    const Json& cases = reader.array("cases");
    reader.array("sums");  // decisions.hpp reads those.
    if (cases.size() > kLivesMax) {
        reader.complain("cases", fmt::format("expected at most {} cases", kLivesMax));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    std::vector<Life> lives;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        auto life = life_from_json(cases[i], fmt::format("{}: cases[{}]", what, i));
        if (!life) return pass_on(life);
        lives.push_back(std::move(*life));
    }
    return lives;
}

}  // namespace onsite::subscriptions
