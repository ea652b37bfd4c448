// A reader that goes away ends the write and not the writer.
#include "harness/isolation/write_to_pipe.hpp"

#include <string>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

namespace onsite {
namespace {

TEST(WriteToPipeTest, SurvivesAReaderThatIsGone) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    close(ends[0]);
    EXPECT_TRUE(write_to_pipe(ends[1], "lost").is_broken);
    close(ends[1]);
}

// Linux writes what fits, waits for room, and then sends the signal beside the number of bytes.
TEST(WriteToPipeTest, SurvivesAReaderThatGoesInTheMiddle) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    std::thread reader([reading = ends[0]] {
        int waiting = 0;
        while (waiting == 0) ioctl(reading, FIONREAD, &waiting);
        close(reading);
    });
    const std::string more_than_fits(1 << 20, 'x');
    std::size_t sent = 0;
    PipeWrite written;
    while (!written.is_broken && sent < more_than_fits.size()) {
        written = write_to_pipe(ends[1], std::string_view(more_than_fits).substr(sent));
        sent += written.bytes;
    }
    reader.join();
    close(ends[1]);
    EXPECT_TRUE(written.is_broken);
    EXPECT_LT(sent, more_than_fits.size());
}

}  // namespace
}  // namespace onsite
