// A plan of many tasks finds what one run finds, with the same places, counts and hashes, however
// the files are cut: in the middle of a header, of a quoted line end, of a row that is malformed.
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "tests/property/property.hpp"
#include "tests/support/plan_support.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

class PlanProperty : public ::testing::Test {
protected:
    PlanProperty()
        : folder_(fs::path(::testing::TempDir()) / ("plan-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~PlanProperty() override { fs::remove_all(folder_); }

    Feed write(Feed feed, const std::string& name, const std::vector<std::string>& texts) const {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const fs::path path = folder_ / (name + std::to_string(i));
            std::ofstream(path, std::ios::binary) << texts[i];
            feed.files.push_back(path);
        }
        return feed;
    }

    // Empty when both ways find the same.
    std::string first_difference(const Feed& ledger, const Feed& bank, Settings settings,
                                 std::size_t tasks) const {
        settings.temp_folder = folder_;
        const auto found = reconcile_in_tasks(ledger, bank, settings, tasks, folder_ / "run");
        fs::remove_all(folder_ / "run");
        settings.strategy = Strategy::hash;
        const auto expected = reconcile_at_once(ledger, bank, settings);
        for (std::size_t i = 0; i < std::max(expected.size(), found.size()); ++i) {
            const std::string want = i < expected.size() ? expected[i] : "nothing";
            const std::string have = i < found.size() ? found[i] : "nothing";
            if (want == have) continue;
            return fmt::format("line {}: expected {}, found {}", i, want.substr(0, 300),
                               have.substr(0, 300));
        }
        return "";
    }

    const fs::path folder_;
};

// Whole rows mostly, so that ids meet, between bytes that mean something in CSV.
std::string any_csv() {
    const auto parts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::weightedElement<std::string>({{6, "a,1,USD\n"},
                                               {6, "b,2,USD\r\n"},
                                               {4, "\"two\nlines\",1,EUR\n"},
                                               {4, "\"a\",\"1\",\"USD\"\r\n"},
                                               {3, "\"say \"\"a\"\"\n\",3,USD\n"},
                                               {3, "\"\",4,EUR\n"},
                                               {2, "a,x,USD\n"},
                                               {2, "a,1\n"},
                                               {2, "\n"},
                                               {2, "\""},
                                               {2, "\"\""},
                                               {2, ","},
                                               {2, "\r\n"},
                                               {2, "b"},
                                               {1, "\r"},
                                               {1, "a\"b,1,USD\n"}}));
    std::string text;
    for (const std::string& part : parts) text += part;
    return text;
}

std::string any_json() {
    const auto parts =
        *rc::gen::container<std::vector<std::string>>(rc::gen::weightedElement<std::string>(
            {{6, "{\"id\":\"a\",\"amount\":1,\"currency\":\"USD\"}\n"},
             {6, "{\"currency\":\"EUR\", \"amount\":2, \"id\":\"b\"}\r\n"},
             {2, "{\"id\":\"\\u0061\",\"amount\":\"1\",\"currency\":\"USD\"}\n"},
             {2, "{\"id\":\"c\"}\n"},
             {1, "\n"},
             {1, "\""},
             {1, "nonsense"}}));
    std::string text;
    for (const std::string& part : parts) text += part;
    return text;
}

TEST_F(PlanProperty, FindsWhatOneRunFinds) {
    expect_property(
        [&] {
            const bool is_csv = *rc::gen::element(true, true, true, false);
            const bool has_header = is_csv && *rc::gen::arbitrary<bool>();
            Feed form;
            form.format = is_csv ? Format::csv : Format::ndjson;
            form.has_header = has_header;
            const std::string header = *rc::gen::element<std::string>(
                "id,amount,currency\n", "\xEF\xBB\xBFid,amount,currency\r\n",
                "\n\r\n\"currency\",\"id\",\"more\nlines\",amount\n");
            const auto text = [&] {
                return (has_header ? header : "") + (is_csv ? any_csv() : any_json());
            };
            std::vector<std::string> ledger_texts = {text()};
            if (*rc::gen::arbitrary<bool>()) ledger_texts.push_back(text());
            const Feed ledger = write(form, "ledger", ledger_texts);
            const Feed bank = write(form, "bank", {text()});
            Settings settings;
            settings.hash_bits = *rc::gen::element(64, 64, 12, 1);
            settings.strategy =
                *rc::gen::element(Strategy::sketch, Strategy::sketch, Strategy::hash);
            const std::size_t tasks = *rc::gen::element<std::size_t>(1, 2, 3, 5, 8, 13, 40);
            RC_ASSERT(first_difference(ledger, bank, settings, tasks) == "");
        },
        60);
}

// A row may reach a mebibyte behind the place where it begins, and what it is may depend on all of
// it: quotes that are never closed, rows that are too long, line ends inside them.
TEST_F(PlanProperty, FindsWhatOneRunFindsInRowsOfAMebibyte) {
    const std::string almost(kRowBytesMax - 20, 'x');
    std::string text = "id,amount,currency\n";
    for (int i = 0; i < 3; ++i) {
        text += fmt::format("a{},1,USD\n", i);
        text += "\"never closed," + almost + "\n";
        text += "\"line\nend\"," + almost + almost + "\n";
        text += "\"" + std::string(60'000, '\n') + fmt::format("{}\",2,USD\n", i);
        text += almost + almost + ",1,USD\n";
        text += fmt::format("\"b\"\"{}\",1,USD\n", i);
        text += "\"open\n\n\n" + almost.substr(0, almost.size() - 40) + "\n\",1,EUR\n";
        text += "\"late\n" + almost + almost + "\",1,EUR\n";
    }
    const Feed ledger = write({}, "ledger", {text + "\"a0\",1,USD\n"});
    const Feed bank = write({}, "bank", {text + "open,1,USD\n\""});
    for (const std::size_t tasks : {3u, 30u}) {
        EXPECT_EQ(first_difference(ledger, bank, {}, tasks), "") << tasks << " tasks";
    }
}

}  // namespace
}  // namespace onsite::reconcile
