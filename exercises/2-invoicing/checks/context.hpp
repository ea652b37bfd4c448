// What every check of this section is given.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "exercises/2-invoicing/checks/documents.hpp"
#include "exercises/2-invoicing/checks/pages.hpp"
#include "exercises/2-invoicing/checks/schema_model.hpp"
#include "exercises/2-invoicing/checks/sql_text.hpp"
#include "exercises/2-invoicing/checks/sqlite_database.hpp"
#include "harness/documents/openapi.hpp"
#include "harness/documents/yaml.hpp"

namespace onsite::invoicing {

// The schema, loaded once for all checks.
struct LoadedSchema {
    std::vector<SqlStatement> statements;
    std::vector<SqlTableText> texts;
    SqliteDatabase database;
    Schema schema;
};

// Each document is read once. What cannot be read is an Error of kind usage, which every check that
// needs it reports as its own failure.
struct Context {
    // `model_answer` may be empty: then no copy of it is found.
    Context(std::span<const SourceFile> files, std::span<const SourceFile> model_answer,
            Clock& clock_for_servers);

    Documents documents;
    Pages pages;
    Clock& clock;
    Result<LoadedSchema> schema;
    Result<OpenApi> api;
    Result<YamlNode> numbers;  // The front matter of design.md; its lines are those of the file.
    // Where PostgreSQL's programs are looked for: one folder for each version.
    std::string postgresql_folder = "/usr/lib/postgresql";
};

// A document that cannot be read: a failure of the candidate's, unless it is ours.
Result<Verdict> unreadable(const std::string& check, const Error& error);

}  // namespace onsite::invoicing
