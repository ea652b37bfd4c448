// The documents of section 3, judged in process.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "exercises/3-subscriptions/checks/checks.hpp"
#include "tests/support/command.hpp"

namespace onsite::subscriptions {

inline std::filesystem::path source_root() { return ONSITE_SOURCE_ROOT; }

struct Documents {
    std::string decisions;
    std::string api;
};

inline std::string cases_text() {
    return testing::read_text(source_root() / "exercises/3-subscriptions/cases.json");
}

inline Documents documents_in(const std::filesystem::path& folder) {
    return {testing::read_text(folder / "decisions.md"), testing::read_text(folder / "api.yaml")};
}

inline Documents model_answer() {
    return documents_in(source_root() / "solutions/3-subscriptions");
}

inline Page read_page(const std::string& text) {
    const auto document = read_markdown(text, "decisions.md");
    return document ? page_of(*document) : Page{};
}

// The verdicts of all checks by name, those of the follow-ups included.
inline std::map<std::string, Verdict> judged(const Documents& documents,
                                             const Documents& model = {}) {
    const auto material = read_material({documents.decisions, documents.api},
                                        {model.decisions, model.api}, cases_text());
    std::map<std::string, Verdict> verdicts;
    if (!material) return verdicts;  // cases.json is wrong: no check is found.
    for (const Check& check : all_checks(*material)) verdicts.emplace(check.name, *check.run());
    return verdicts;
}

}  // namespace onsite::subscriptions
