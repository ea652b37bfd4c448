// A journal without the lines of runs that a reset ended.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "simulator/server/journal.hpp"

namespace onsite::simulator {

namespace fs = std::filesystem;

Result<void> Journal::copy_live(Journal& copy, std::uint64_t dead) const {
    std::ifstream file(path_);
    std::string line;
    for (std::uint64_t number = 0; number < lines_; ++number) {
        if (!std::getline(file, line)) return failed("read", path_);
        if (number < dead) continue;
        auto entry = parse_json(line, path_);
        if (!entry) return pass_on(entry);
        entry->erase("sum");
        if (auto written = copy.append(*entry); !written) return written;
    }
    return copy.sync();
}

Result<std::unique_ptr<Journal>> Journal::shortened(const std::vector<Json>& head,
                                                    std::uint64_t dead) const {
    const std::string beside = path_ + ".new";
    const int descriptor =
        ::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("write", beside);
    std::unique_ptr<Journal> copy(new Journal(Descriptor(descriptor), path_));
    // Before it has the name: nobody else may find it free.
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) return failed("lock", beside);
    Result<void> written = [&]() -> Result<void> {
        for (const Json& entry : head) {
            if (auto appended = copy->append(entry); !appended) return appended;
        }
        if (auto copied = copy_live(*copy, dead); !copied) return copied;
        if (::rename(beside.c_str(), path_.c_str()) != 0) return failed("rename", beside);
        // A name is on the disk when its folder is.
        const fs::path folder = fs::absolute(path_).parent_path();
        if (!sync_folder(folder)) return failed("flush", folder.string());
        return {};
    }();
    if (written) return copy;
    ::unlink(beside.c_str());
    return pass_on(written);
}

}  // namespace onsite::simulator
