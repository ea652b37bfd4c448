#include "scenarios/cli/discoveries.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "scenarios/cli/choices.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::uint64_t kRunsBetweenProgress = 256;

std::string shown(const std::string& text) { return harmless(text, Lines::one); }

}  // namespace

unsigned threads_of_this_machine() { return std::max(1u, std::thread::hardware_concurrency()); }

Result<int> keep_and_tell(const std::vector<Discovery>& discoveries, const ShopKind& shop,
                          Keeper& keeper, const LabelOf& label_of, const Console& console) {
    std::string replay;
    for (const Discovery& discovery : discoveries) {
        const auto kept = keeper.keep(discovery, label_of(discovery));
        if (!kept) return std::unexpected(kept.error());
        const Violation& broken = kept->shrunk.violation;
        console.print(fmt::format("\nFAIL  {}   {}   {}\n  {}\n  kept in {}/\n", broken.checker,
                                  shown(broken.operation), shown(discovery.cause),
                                  shown(broken.message), shown(kept->folder.string())));
        if (replay.empty()) {
            replay =
                fmt::format("./onsite replay {} --shop {}\n",
                            shown(shell_word((kept->folder / kShrunkFile).string())), shop.name);
        }
    }
    if (discoveries.empty()) return 0;
    console.print(fmt::format("\n  replay   {}", replay));
    return kExitOther;
}

Progress progress_of(const Console& console, std::string what, std::uint64_t runs) {
    return [&console, what = std::move(what), runs](std::uint64_t done, std::uint64_t failed) {
        if (done == runs) return console.clear_progress();
        if (done % kRunsBetweenProgress != 0) return;
        console.progress(fmt::format("{} of {} {}, {} failed", done, runs, what, failed));
    };
}

}  // namespace onsite::scenarios
