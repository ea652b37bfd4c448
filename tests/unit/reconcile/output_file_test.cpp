// What is written is in the file, whatever its size and the way that it takes to the disk.
#include "solutions/1-reconciliation/production/output/output_file.hpp"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/files.hpp"
#include "base/rng.hpp"
#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

namespace onsite::reconcile {
namespace {

std::string some_bytes(std::size_t size) {
    Rng rng(size);
    std::string bytes;
    while (bytes.size() < size) bytes += static_cast<char>(rng.below(256));
    return bytes;
}

// The second folder is in memory, where there is no way past the page cache on older systems.
TEST(OutputFileTest, HoldsWhatWasWritten) {
    constexpr std::size_t kMebibyte = 1 << 20;
    for (const std::string& folder : {::testing::TempDir(), std::string("/dev/shm")}) {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kMebibyte - 1, kMebibyte,
                                       2 * kMebibyte, 2 * kMebibyte + 1, 5 * kMebibyte + 777}) {
            const auto path = std::filesystem::path(folder) / "onsite-output-file-test";
            std::filesystem::remove(path);
            auto file = OutputFile::create(path);
            ASSERT_TRUE(file) << file.error().message;
            const std::string bytes = some_bytes(size);
            constexpr std::size_t kTogether = 70'001;
            for (std::size_t at = 0; at < size; at += kTogether) {
                ASSERT_TRUE(file->write(std::string_view(bytes).substr(at, kTogether)));
            }
            const auto written = file->close();
            ASSERT_TRUE(written) << written.error().message;
            EXPECT_EQ(written->bytes, size);
            EXPECT_EQ(written->hash, content_hash_of(bytes));
            EXPECT_TRUE(read_file(path, 10 * kMebibyte).value() == bytes) << folder << ' ' << size;
            std::filesystem::remove(path);
        }
    }
}

}  // namespace
}  // namespace onsite::reconcile
