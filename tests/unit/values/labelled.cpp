#include "tests/unit/values/labelled.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "exercises/5-values/checks/advice.hpp"
#include "exercises/5-values/checks/length.hpp"
#include "harness/agreement/pairs.hpp"
#include "harness/documents/markdown.hpp"

namespace onsite::values {
namespace {

constexpr std::uint64_t kFileBytesMax = 1 << 20;

[[noreturn]] void stop(const std::string& message) {
    std::cerr << message << '\n';
    std::exit(1);
}

Json read_set(const std::string& name) {
    const std::string path = std::string(ONSITE_ROOT) + "/tests/data/values/" + name;
    const auto text = read_file(path, kFileBytesMax);
    if (!text) stop(text.error().message);
    auto value = parse_json(*text, path, JsonComments::allowed);
    if (!value) stop(value.error().message);
    return std::move(*value);
}

std::set<std::string> labels_in(const Json& list, const std::string& id) {
    std::set<std::string> labels;
    for (const Json& label : list) {
        const std::string name = label.get<std::string>();
        if (std::ranges::find(label_names(), name) == label_names().end()) {
            stop(id + " has an unknown label: " + name);
        }
        labels.insert(name);
    }
    return labels;
}

int percent(int part, int other) { return part + other == 0 ? 100 : part * 100 / (part + other); }

}  // namespace

int Agreement::precision() const { return percent(right, wrong); }
int Agreement::recall() const { return percent(right, missed); }

std::vector<Labelled> labelled_answers() {
    std::vector<Labelled> answers;
    const Json set = read_set("answers.json");
    for (const Json& one : set.at("answers")) {
        Labelled answer{.id = one.at("id"), .is_held_out = one.at("set") == "held_out"};
        for (const Json& line : one.at("text")) answer.text += line.get<std::string>() + "\n";
        answer.labels = labels_in(one.at("labels"), answer.id);
        answers.push_back(std::move(answer));
    }
    return answers;
}

std::map<std::string, std::set<std::string>> second_reader() {
    std::map<std::string, std::set<std::string>> labels;
    const Json set = read_set("second_reader.json");
    for (const auto& [id, list] : set.items()) labels[id] = labels_in(list, id);
    return labels;
}

const std::vector<std::string>& label_names() {
    static const std::vector<std::string> names = {
        "situation", "task",     "action",    "result",   "measured", "baseline", "hypothetical",
        "mostly_we", "anchored", "trade_off", "learning", "hedged",   "blaming",  "too_long"};
    return names;
}

std::set<std::string> labels_found(const std::string& text) {
    const auto document = read_markdown(text, "an answer");
    if (!document) stop(document.error().message);
    const Answer answer = answer_in(document->lines);
    const Story story = story_of(answer);
    std::set<std::string> found;
    const auto note = [&](const char* label, bool is_there) {
        if (is_there) found.insert(label);
    };
    note("situation", story.parts.has(Part::situation));
    note("task", story.parts.has(Part::task));
    note("action", story.parts.has(Part::action));
    const bool has_result = story.parts.has(Part::result);
    note("result", has_result);
    const bool is_measured = has_result && !has_no_number(story);
    note("measured", is_measured);
    note("baseline", is_measured && !has_no_baseline(story));
    note("hypothetical", is_pseudo_story(story));
    note("mostly_we", says_we_for_i(story).has_value());
    note("anchored", !is_nowhere(story));
    note("trade_off", !names_no_trade_off(story));
    note("learning", !names_no_learning(story));
    note("hedged", hedges(story).has_value());
    note("blaming", blames(story).has_value());
    note("too_long", spoken_seconds(answer) > kStorySecondsMax);
    return found;
}

std::map<std::string, Agreement> agreement(const std::vector<Labelled>& answers, bool is_held_out) {
    std::map<std::string, Agreement> agreements;
    for (const std::string& label : label_names()) agreements[label] = {};
    for (const Labelled& answer : answers) {
        if (answer.is_held_out != is_held_out) continue;
        const std::set<std::string> found = labels_found(answer.text);
        for (const std::string& label : label_names()) {
            Agreement& one = agreements[label];
            const bool is_found = found.contains(label);
            const bool is_labelled = answer.labels.contains(label);
            if (is_found && is_labelled) ++one.right;
            if (is_found && !is_labelled) ++one.wrong;
            if (!is_found && is_labelled) ++one.missed;
        }
    }
    return agreements;
}

double kappa_of_readers(const std::vector<Labelled>& answers, const std::string& label) {
    static const auto second = second_reader();
    std::vector<RatedPair> pairs;
    for (const Labelled& answer : answers) {
        const auto other = second.find(answer.id);
        if (other == second.end()) continue;
        pairs.push_back({.first = answer.labels.contains(label) ? 1 : 0,
                         .second = other->second.contains(label) ? 1 : 0});
    }
    return weighted_kappa(pairs, Weighting::none).value_or(1);
}

std::string table_of(const std::vector<Labelled>& answers) {
    const auto held_out = std::ranges::count_if(answers, &Labelled::is_held_out);
    const auto ours = agreement(answers, false);
    const auto theirs = agreement(answers, true);
    std::string table = fmt::format(
        "| what is found | {0} to develop on: answers | precision | recall "
        "| {1} held out: answers | precision | recall | two readers: kappa |\n"
        "|---|---|---|---|---|---|---|---|\n",
        answers.size() - static_cast<std::size_t>(held_out), held_out);
    for (const std::string& label : label_names()) {
        const Agreement& a = ours.at(label);
        const Agreement& b = theirs.at(label);
        table += fmt::format("| {} | {} | {} % | {} % | {} | {} % | {} % | {:.2f} |\n", label,
                             a.right + a.missed, a.precision(), a.recall(), b.right + b.missed,
                             b.precision(), b.recall(), kappa_of_readers(answers, label));
    }
    return table;
}

}  // namespace onsite::values
