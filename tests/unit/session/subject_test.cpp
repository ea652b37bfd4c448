// A subject goes to the check program as JSON and must arrive as it was; a wrong key is named.
#include "harness/subject/subject.hpp"

#include <nlohmann/json.hpp>

namespace onsite {
namespace {

using ::testing::HasSubstr;

Subject some_subject() {
    Subject subject;
    subject.name = "mutant trims_ids";
    subject.language = "cpp";
    subject.content_hash = "ab12";
    subject.command = {"/subject/subject", "--fast"};
    subject.mounts = {{"/a b/program", "/subject"}, {"/feeds", "/feeds"}};
    subject.limits = {.memory_bytes = 1,
                      .processes = 2,
                      .file_bytes = 3,
                      .tmp_bytes = 4,
                      .open_files = 5,
                      .cpu_seconds = 6,
                      .wall_ms = 7,
                      .stdout_bytes = 8,
                      .stderr_bytes = 9};
    return subject;
}

TEST(SubjectTest, ArrivesAsItWasSent) {
    const nlohmann::json sent = to_json(some_subject());
    const auto arrived = subject_from_json(sent, "job: subject");
    ASSERT_TRUE(arrived) << arrived.error().message;
    EXPECT_EQ(to_json(*arrived), sent);
    EXPECT_EQ(arrived->name, "mutant trims_ids");
    EXPECT_EQ(arrived->mounts[0].host, "/a b/program");
    EXPECT_EQ(arrived->limits.stderr_bytes, 9u);
    EXPECT_EQ(arrived->limits.memory_bytes, 1u);
}

TEST(SubjectTest, NamesTheKeyThatIsWrong) {
    nlohmann::json value = to_json(some_subject());
    value["limits"]["wall_ms"] = -1;
    EXPECT_THAT(subject_from_json(value, "job: subject").error().message,
                HasSubstr("job: subject: limits: \"wall_ms\""));
    value = to_json(some_subject());
    value["mounts"][1]["where"] = "/x";
    EXPECT_THAT(subject_from_json(value, "job: subject").error().message,
                HasSubstr("job: subject: mounts[1]: unknown key \"where\""));
    value = to_json(some_subject());
    value.erase("command");
    EXPECT_THAT(subject_from_json(value, "job: subject").error().message,
                HasSubstr("\"command\": expected this key"));
}

}  // namespace
}  // namespace onsite
