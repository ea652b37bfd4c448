// Goal: in a chain of lines every change of any line but the last is found, whoever makes it; an
// old log without a chain is read, and so is one that goes on with it. Property: any byte of any
// chain.
#include "harness/attempt/chain.hpp"

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

class ChainTest : public ::testing::Test {
protected:
    Chain append(const Json& event, const Chain& after = {}) const {
        return append_to_chain(file_, chained_line(event, after), after).value();
    }
    Result<Chain> read() const {
        return read_chain(file_, [](const Json&, const std::string&, const std::string&) {
            return Result<void>();
        });
    }
    std::string text() const { return testing::read_text(file_); }

    testing::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "log.jsonl";
};

TEST_F(ChainTest, EachLineCarriesTheHashOfTheOneBefore) {
    const Chain first = append({{"n", 1}});
    const Chain second = append({{"n", 2}}, first);
    const std::string lines = text();
    EXPECT_THAT(lines, HasSubstr("\"prev\":\"" + std::string(64, '0') + "\""));
    EXPECT_THAT(lines, HasSubstr("\"prev\":\"" + first.head + "\""));
    EXPECT_EQ(first.head, sha256_hex(lines.substr(0, lines.find('\n'))));
    EXPECT_EQ(read().value(), second);
}

TEST_F(ChainTest, FindsEveryByteThatWasChanged) {
    Chain chain;
    for (int n = 0; n < 4; ++n) chain = append({{"n", n}, {"word", "x"}}, chain);
    const std::string whole = text();
    for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
        std::string edited = whole;
        edited[at] = static_cast<char>(edited[at] ^ 1);
        testing::write_text(file_, edited);
        EXPECT_FALSE(read()) << "byte " << at << " of " << edited;
    }
}

TEST_F(ChainTest, FindsLinesThatWereRemovedMovedOrAdded) {
    Chain chain;
    std::vector<std::string> lines;
    for (int n = 0; n < 4; ++n) {
        lines.push_back(chained_line({{"n", n}}, chain) + '\n');
        chain = append({{"n", n}}, chain);
    }
    const std::vector<std::string> edits = {
        lines[1] + lines[2] + lines[3], lines[0] + lines[2] + lines[3],
        lines[0] + lines[2] + lines[1] + lines[3], lines[0] + lines[0] + lines[1]};
    for (const std::string& edit : edits) {
        testing::write_text(file_, edit);
        EXPECT_THAT(read().error().message, HasSubstr("was changed, moved or removed")) << edit;
    }
}

// Cutting lines off the end leaves a chain that is whole: only its head tells.
TEST_F(ChainTest, TheHeadTellsOfLinesCutOffTheEnd) {
    const Chain first = append({{"n", 1}});
    const std::string one = text();
    const Chain second = append({{"n", 2}}, first);
    testing::write_text(file_, one);
    EXPECT_EQ(read().value().head, first.head);
    EXPECT_NE(read().value().head, second.head);
}

TEST_F(ChainTest, ReadsAnOldLogAndGoesOnWithIt) {
    testing::write_text(file_, "{\"n\":1}\n{\"n\":2}\n");
    const Chain old = read().value();
    EXPECT_EQ(old.unchained, 2);
    const Chain mixed = append({{"n", 3}}, old);
    EXPECT_EQ(read().value(), mixed);
    EXPECT_EQ(mixed.unchained, 2);
    EXPECT_EQ(mixed.lines, 3);
    // From its first chained line on, a line without a hash is one that somebody put there.
    testing::write_text(file_, text() + "{\"n\":4}\n");
    EXPECT_FALSE(read());
}

TEST_F(ChainTest, LeavesATornLineOut) {
    const Chain first = append({{"n", 1}});
    testing::write_text(file_, text() + "{\"prev\":\"00");
    EXPECT_EQ(read().value(), first);
    const Chain second = append({{"n", 2}}, first);
    EXPECT_EQ(read().value(), second);
}

}  // namespace
}  // namespace onsite
