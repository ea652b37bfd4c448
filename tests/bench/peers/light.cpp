// onsite-bench-light LEDGER BANK
// As fast as any reconciliation could be: both feeds are read once, each by a thread, and each line
// is counted at a random place of a table. No row is parsed, compared or written.
#include <algorithm>
#include <array>
#include <cstdint>
#include <fcntl.h>
#include <iostream>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/descriptor.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"

namespace {

using Table = std::uint64_t*;

constexpr int kTableBits = 22;  // Of each feed; both together are as large as our sketch.
constexpr std::size_t kReadBytes = 256 << 10;
constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15u;

// Returns how many lines there are, or -1.
std::int64_t read_once(const char* path, Table table) {
    const onsite::Descriptor feed(::open(path, O_RDONLY | O_CLOEXEC));
    std::vector<char> buffer(kReadBytes);
    std::int64_t lines = 0;
    ssize_t got = 0;
    while ((got = ::read(feed.get(), buffer.data(), buffer.size())) > 0) {
        const auto in_block = std::count(buffer.data(), buffer.data() + got, '\n');
        for (const std::int64_t end = lines + in_block; lines < end; ++lines) {
            ++table[static_cast<std::uint64_t>(lines) * kSpread >> (64 - kTableBits)];
        }
    }
    return got < 0 ? -1 : lines;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::cerr << "usage: onsite-bench-light LEDGER BANK\n";
        return 2;
    }
    std::array<std::int64_t, 2> lines = {};
    const onsite::reconcile::HugeMemory memory(2 * sizeof(std::uint64_t) << kTableBits);
    const auto table = reinterpret_cast<Table>(memory.data());
    {
        const std::jthread other(
            [&] { lines[1] = read_once(words[2], table + (std::size_t{1} << kTableBits)); });
        lines[0] = read_once(words[1], table);
    }
    std::cout << lines[0] << " + " << lines[1] << " lines\n";
    return std::ranges::min(lines) < 0 ? 1 : 0;
}
