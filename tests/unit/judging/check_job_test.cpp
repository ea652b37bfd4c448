// A check job crosses a pipe as JSON: every member must arrive, and a job with a typing error in it
// must be refused rather than half understood.

#include "harness/judging/check_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {
namespace {

using testing::HasSubstr;

Subject some_subject(const std::string& name) {
    return {.name = name,
            .language = "python",
            .content_hash = "abc",
            .command = {"/usr/bin/python3", "-B", "/subject/main.py"},
            .mounts = {{.host = "/tmp/program", .inside = "/subject"}},
            .limits = {.memory_bytes = 77 * kMiB, .wall_ms = 1234}};
}

CheckJob full_job() {
    CheckJob job;
    job.subject = some_subject("attempt");
    job.reference = some_subject("reference");
    job.mutants = {{.name = "trims_ids", .followups = 2, .subject = some_subject("trims_ids")}};
    job.tests = "{\"cases\":[]}";
    job.visible_cases = "// a comment\n{}";
    job.seed = 0xFFFF'FFFF'FFFF'FFFFu;
    job.followups = 2;
    job.is_full = true;
    job.only = "edge_feeds";
    job.only_case = "{}";
    job.growth_rows_max = 100'000;
    job.memory_rows_max = 400;
    job.property_cases = 7;
    job.layers = LayerSet::all().without(Layer::network);
    return job;
}

TEST(CheckJobTest, IsReadBackAsItWasWritten) {
    const CheckJob job = full_job();
    const auto read = check_job_from_json(Json::parse(to_text(to_json(job))));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(to_json(*read), to_json(job));
    EXPECT_EQ(read->seed, job.seed) << "the upper half of a seed counts";
    EXPECT_EQ(read->layers, job.layers);
    EXPECT_EQ(read->subject.limits.memory_bytes, 77 * kMiB);
    EXPECT_EQ(read->mutants.at(0).followups, 2);
    EXPECT_EQ(read->reference->name, "reference");
}

TEST(CheckJobTest, ReferenceIsOptional) {
    CheckJob job = full_job();
    job.reference.reset();
    const auto read = check_job_from_json(to_json(job));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_FALSE(read->reference);
}

TEST(CheckJobTest, CarriesDocumentsInsteadOfASubject) {
    CheckJob job;
    job.documents = {{"design.md", "# \"A\"\n"}, {"api.yaml", ""}};
    job.model_answer = {{"design.md", "# B\n"}, {"api.yaml", "openapi: 3.0.3\n"}};
    const auto read = check_job_from_json(Json::parse(to_text(to_json(job))));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(read->subject.command.empty());
    ASSERT_EQ(read->documents.size(), 2u);
    EXPECT_EQ(read->documents[0].name, "design.md");
    EXPECT_EQ(read->documents[0].content, "# \"A\"\n");
    EXPECT_EQ(read->model_answer[1].content, "openapi: 3.0.3\n");
}

// A schema whose first word it was loaded into no database, and front matter behind it was none.
TEST(CheckJobTest, AByteOrderMarkIsNoPartOfADocument) {
    CheckJob job;
    job.documents = {{"schema.sql",
                      "\xef\xbb\xbf"
                      "CREATE TABLE t (id TEXT);\n"}};
    const auto read = check_job_from_json(to_json(job));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->documents[0].content, "CREATE TABLE t (id TEXT);\n");
}

TEST(CheckJobTest, NamesTheKeyThatIsWrong) {
    const auto problem_with = [](const char* key, const Json& value) {
        Json json = to_json(full_job());
        json[key] = value;
        const auto read = check_job_from_json(json);
        return read ? std::string("no problem") : read.error().message;
    };
    EXPECT_THAT(problem_with("seed", "12x"), HasSubstr("\"seed\""));
    EXPECT_THAT(problem_with("seed", ""), HasSubstr("\"seed\""));
    EXPECT_THAT(problem_with("seed", "18446744073709551616"), HasSubstr("\"seed\""));
    EXPECT_THAT(problem_with("layers", {"uid", "moat"}), HasSubstr("moat"));
    EXPECT_THAT(problem_with("property_cases", 0), HasSubstr("\"property_cases\""));
    EXPECT_THAT(problem_with("followup", 1), HasSubstr("unknown key \"followup\""));
    EXPECT_THAT(problem_with("subject", Json::object()), HasSubstr("check job: subject"));
    EXPECT_THAT(problem_with("mutants", Json::array({Json::object()})), HasSubstr("mutants[0]"));
}

}  // namespace
}  // namespace onsite
