// What the commands print, and where: answers on stdout, progress and errors on stderr.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace onsite {

class Console {
public:
    // Colour only on a terminal that is not dumb, and without NO_COLOR (https://no-color.org).
    static Console of_this_process();

    bool has_colour() const { return has_colour_; }
    // Whether somebody watches progress: stderr is a terminal, and not a dumb one.
    bool is_live() const { return shows_progress_; }
    // Columns of stdout, within bounds that a report can be laid out in; 100 where there are none.
    int width() const { return width_; }

    // stdout. The first failure is remembered for end_with().
    void print(std::string_view text) const;
    // stderr, as lines; made harmless, as a sentence may quote what somebody else wrote.
    void say(std::string_view sentence) const;
    void complain(std::string_view sentence) const;  // "onsite: ..."

    // A line on a terminal that the next one replaces; nothing elsewhere.
    void progress(std::string_view what) const;
    void clear_progress() const;

    // The status that main ends with: `status`, or 3 with a complaint when what was printed is not
    // whole (a full disk). A reader that went away wanted no more of it: that is no failure.
    int end_with(int status) const;

private:
    bool has_colour_ = false;
    bool shows_progress_ = false;
    int width_ = 100;
    std::shared_ptr<int> failure_ = std::make_shared<int>(0);  // errno; of all copies together.
};

}  // namespace onsite
