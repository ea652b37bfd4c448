#include "harness/judging/check_job.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/json.hpp"
#include "base/parse_number.hpp"

namespace onsite {
namespace {

constexpr int kFollowupsMax = 100;
constexpr int kPropertyCasesMax = 100'000;

// A seed is any 64 bits; a JSON number that is read as a signed one would lose the upper half.
std::uint64_t read_seed(JsonReader& reader) {
    const std::string text = reader.text("seed");
    const auto seed = parse_number<std::uint64_t>(text);
    if (!seed) {
        reader.complain("seed", fmt::format("expected a whole number as text, found \"{}\"", text));
    }
    return seed.value_or(0);
}

std::uint64_t read_rows(JsonReader& reader, const char* key) {
    return static_cast<std::uint64_t>(reader.number(key, 1, std::int64_t{kGrowthRowsMax}));
}

LayerSet read_layers(JsonReader& reader) {
    LayerSet layers;
    for (const std::string& word : reader.texts("layers")) {
        if (const auto layer = layer_from(word)) {
            layers = layers.with(*layer);
        } else {
            reader.complain("layers", fmt::format("expected a layer's name, found \"{}\"", word));
        }
    }
    return layers;
}

Json to_json(const MutantSubject& mutant) {
    return {{"name", mutant.name},
            {"followups", mutant.followups},
            {"subject", to_json(mutant.subject)}};
}

Result<MutantSubject> mutant_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    MutantSubject mutant;
    mutant.name = reader.text("name");
    mutant.followups = static_cast<int>(reader.number("followups", 0, kFollowupsMax));
    const Json& described = reader.object("subject");
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto subject = subject_from_json(described, where + ": subject");
    if (!subject) return pass_on(subject);
    mutant.subject = std::move(*subject);
    return mutant;
}

Json to_json(std::span<const SourceFile> documents) {
    Json value = Json::array();
    for (const auto& [name, content] : documents) {
        value.push_back({{"name", name}, {"content", content}});
    }
    return value;
}

Result<std::vector<SourceFile>> documents_from_json(const Json& value, const std::string& where) {
    std::vector<SourceFile> documents;
    for (const Json& one : value) {
        JsonReader reader(one, fmt::format("{}[{}]", where, documents.size()));
        SourceFile document{.name = reader.text("name"), .content = reader.text("content")};
        if (auto done = reader.finish(); !done) return pass_on(done);
        if (document.content.starts_with(kByteOrderMark)) {
            document.content.erase(0, kByteOrderMark.size());
        }
        documents.push_back(std::move(document));
    }
    return documents;
}

// The subjects of a job, in their JSON form.
struct Described {
    const Json* subject = nullptr;
    const Json* reference = nullptr;
    const Json* mutants = nullptr;
};

Result<void> read_subjects(const Described& described, CheckJob& job) {
    if (described.subject != nullptr) {
        auto subject = subject_from_json(*described.subject, "check job: subject");
        if (!subject) return pass_on(subject);
        job.subject = std::move(*subject);
    }
    if (described.reference != nullptr) {
        auto reference = subject_from_json(*described.reference, "check job: reference");
        if (!reference) return pass_on(reference);
        job.reference = std::move(*reference);
    }
    for (const Json& one : *described.mutants) {
        auto mutant =
            mutant_from_json(one, fmt::format("check job: mutants[{}]", job.mutants.size()));
        if (!mutant) return pass_on(mutant);
        job.mutants.push_back(std::move(*mutant));
    }
    return {};
}

Result<void> read_documents(const Json& documents, const Json& model_answer, CheckJob& job) {
    auto written = documents_from_json(documents, "check job: documents");
    if (!written) return pass_on(written);
    auto model = documents_from_json(model_answer, "check job: model_answer");
    if (!model) return pass_on(model);
    job.documents = std::move(*written);
    job.model_answer = std::move(*model);
    return {};
}

}  // namespace

Json to_json(const CheckJob& job) {
    Json mutants = Json::array();
    for (const MutantSubject& mutant : job.mutants) mutants.push_back(to_json(mutant));
    Json value = {{"mutants", std::move(mutants)},
                  {"tests", job.tests},
                  {"visible_cases", job.visible_cases},
                  {"seed", std::to_string(job.seed)},
                  {"followups", job.followups},
                  {"is_full", job.is_full},
                  {"only", job.only},
                  {"only_case", job.only_case},
                  {"growth_rows_max", job.growth_rows_max},
                  {"memory_rows_max", job.memory_rows_max},
                  {"property_cases", job.property_cases},
                  {"layers", job.layers.names()}};
    if (!job.subject.command.empty()) value["subject"] = to_json(job.subject);
    if (job.reference) value["reference"] = to_json(*job.reference);
    if (!job.documents.empty()) {
        value["documents"] = to_json(job.documents);
        value["model_answer"] = to_json(job.model_answer);
    }
    return value;
}

Result<CheckJob> check_job_from_json(const Json& value) {
    JsonReader reader(value, "check job");
    CheckJob job;
    Described described;
    if (reader.has("subject")) described.subject = &reader.object("subject");
    const Json none = Json::array();
    const bool has_documents = reader.has("documents");
    const Json& documents = has_documents ? reader.array("documents") : none;
    const Json& model_answer = has_documents ? reader.array("model_answer") : none;
    if (reader.has("reference")) described.reference = &reader.object("reference");
    described.mutants = &reader.array("mutants");
    job.tests = reader.text("tests");
    job.visible_cases = reader.text("visible_cases");
    job.seed = read_seed(reader);
    job.followups = static_cast<int>(reader.number("followups", 0, kFollowupsMax));
    job.is_full = reader.flag_or("is_full", false);
    job.only = reader.text("only");
    job.only_case = reader.text("only_case");
    job.growth_rows_max = read_rows(reader, "growth_rows_max");
    job.memory_rows_max = read_rows(reader, "memory_rows_max");
    job.property_cases = static_cast<int>(reader.number("property_cases", 1, kPropertyCasesMax));
    job.layers = read_layers(reader);
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (auto done = read_subjects(described, job); !done) return pass_on(done);
    if (auto done = read_documents(documents, model_answer, job); !done) return pass_on(done);
    return job;
}

}  // namespace onsite
