#include "tests/support/schema.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "tests/support/command.hpp"

namespace onsite::testing {

using valijson::adapters::NlohmannJsonAdapter;

std::string json_problems(const std::filesystem::path& schema, const std::string& text) {
    const auto schema_json = nlohmann::json::parse(read_text(schema));
    // Comments are allowed where Onsite reads; what it writes has none.
    const auto value = nlohmann::json::parse(text, nullptr, false, true);
    if (value.is_discarded()) return "is not JSON: " + text;
    valijson::Schema form;
    valijson::SchemaParser().populateSchema(NlohmannJsonAdapter(schema_json), form);
    valijson::ValidationResults results;
    valijson::Validator validator;
    if (validator.validate(form, NlohmannJsonAdapter(value), &results)) return "";
    std::string problems = "does not have the form of " + schema.filename().string() + ":";
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        for (const std::string& part : error.context) problems += part;
        problems += ": " + error.description + "\n";
    }
    return problems;
}

std::string xml_problems(const std::filesystem::path& schema, const std::string& text) {
    const TemporaryFolder folder;
    write_text(folder.path() / "text.xml", text);
    const CommandResult linted =
        run({.words = {"xmllint", "--nonet", "--noout", "--schema", schema.string(),
                       (folder.path() / "text.xml").string()},
             .environment = {}});
    if (linted.status == 0) return "";
    return "xmllint ended with " + std::to_string(linted.status) +
           " (127: install libxml2-utils): " + linted.errors;
}

}  // namespace onsite::testing
