#include "exercises/2-invoicing/checks/context.hpp"

#include <utility>

#include "exercises/2-invoicing/checks/front_matter.hpp"

namespace onsite::invoicing {
namespace {

Result<LoadedSchema> load_schema(std::string_view text) {
    auto statements = split_sql(text);
    if (!statements) return pass_on(statements);
    auto database = SqliteDatabase::load(*statements);
    if (!database) return pass_on(database);
    auto schema = database->schema(*statements);
    if (!schema) return pass_on(schema);
    auto texts = tables_of(*statements);
    return LoadedSchema{.statements = std::move(*statements),
                        .texts = std::move(texts),
                        .database = std::move(*database),
                        .schema = std::move(*schema)};
}

}  // namespace

Context::Context(std::span<const SourceFile> files, std::span<const SourceFile> model_answer,
                 Clock& clock_for_servers)
    : documents(files),
      pages(files, model_answer),
      clock(clock_for_servers),
      schema(load_schema(documents.text(kSchema))),
      api(OpenApi::read(documents.text(kApi), kApi)),
      numbers(read_front_matter(documents.text(kDesign), kDesign)) {}

Result<Verdict> unreadable(const std::string& check, const Error& error) {
    if (error.kind == ErrorKind::tool) return std::unexpected(error);
    Verdict verdict = failed(check, Cause::wrong_answer, error.message);
    verdict.cases = 1;
    verdict.evidence.story = error.message + '\n';
    return verdict;
}

}  // namespace onsite::invoicing
