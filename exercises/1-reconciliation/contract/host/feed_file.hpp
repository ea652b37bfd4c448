// A feed in a file: one row per line, each a JSON array of strings. Holds one row at a time.
#pragma once

#include <cstddef>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include "exercises/1-reconciliation/contract/host/json_input.hpp"
#include "exercises/1-reconciliation/contract/reconcile.hpp"

namespace onsite::reconciliation::host {

class FeedFile final : public Feed {
public:
    explicit FeedFile(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), input_(descriptor_) {
        if (descriptor_ < 0) give_up("a feed file that can be opened");
    }
    ~FeedFile() override { ::close(descriptor_); }
    FeedFile(const FeedFile&) = delete;
    FeedFile& operator=(const FeedFile&) = delete;

    bool next(Row& row) override {
        if (input_.at_end()) {
            row.clear();
            return false;
        }
        // Fields are overwritten in place: the usual row is read without asking for memory.
        std::size_t count = 0;
        input_.array([&] {
            if (count == row.size()) row.emplace_back();
            input_.string(row[count++]);
        });
        row.resize(count);
        return true;
    }

    void rewind() override {
        if (::lseek(descriptor_, 0, SEEK_SET) < 0) give_up("a feed file that can be read again");
        input_.drop_buffer();
    }

private:
    int descriptor_;
    JsonInput input_;
};

}  // namespace onsite::reconciliation::host
