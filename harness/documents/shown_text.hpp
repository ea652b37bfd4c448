// What of a line of Markdown a reader of the rendered page sees. HTML that hides its content
// (comments, `display:none`, white or transparent or tiny text, scripts) may begin on one line and
// end on another, so a page is read line by line by one ShownText.
#pragma once

#include <string>
#include <string_view>

namespace onsite {

class ShownText {
public:
    struct Line {
        std::string text;         // What is seen, in the order of the line.
        bool hides_some = false;  // Something on the line is in the file and not on the page.
    };

    // The next line outside of fenced code. Text in `backticks` is seen as it is. A tag that is
    // never closed hides all that follows, as it does in a browser. Any bytes are a line.
    // Complexity: O(length of the line).
    Line read(std::string_view line);

    // Whether the next line begins inside something hidden.
    bool is_hiding() const { return is_comment_ || !hidden_element_.empty(); }

private:
    std::size_t skip_hidden(std::string_view line, std::size_t at);
    std::size_t read_tag(std::string_view line, std::size_t at, Line& shown);

    bool is_comment_ = false;
    std::string hidden_element_;  // "span": its content is hidden until it is closed.
    int depth_ = 0;               // Elements of that name that are open, the hidden one included.
};

}  // namespace onsite
