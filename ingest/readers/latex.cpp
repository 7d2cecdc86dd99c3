#include "ingest/readers/latex.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <array>
#include <cctype>
#include <cstddef>

namespace mangrove::ingest {
namespace {

struct Command {
  std::string_view name;
  std::string_view text;
};

/// Accents, as combining characters: put behind the letter that they stand before in TeX.
constexpr std::array kAccents{
    Command{"'", "\u0301"}, Command{"`", "\u0300"}, Command{"^", "\u0302"}, Command{"\"", "\u0308"},
    Command{"~", "\u0303"}, Command{"=", "\u0304"}, Command{".", "\u0307"}, Command{"u", "\u0306"},
    Command{"v", "\u030C"}, Command{"H", "\u030B"}, Command{"c", "\u0327"}, Command{"k", "\u0328"},
    Command{"d", "\u0323"}, Command{"b", "\u0331"}, Command{"r", "\u030A"}, Command{"t", "\u0361"},
};

/// Letters and signs that have a name.
constexpr std::array kNamed{
    Command{"ss", "ß"},
    Command{"SS", "ẞ"},
    Command{"ae", "æ"},
    Command{"AE", "Æ"},
    Command{"oe", "œ"},
    Command{"OE", "Œ"},
    Command{"aa", "å"},
    Command{"AA", "Å"},
    Command{"o", "ø"},
    Command{"O", "Ø"},
    Command{"l", "ł"},
    Command{"L", "Ł"},
    Command{"i", "ı"},
    Command{"j", "ȷ"},
    Command{"th", "þ"},
    Command{"TH", "Þ"},
    Command{"dh", "ð"},
    Command{"DH", "Ð"},
    Command{"dj", "đ"},
    Command{"DJ", "Đ"},
    Command{"ng", "ŋ"},
    Command{"NG", "Ŋ"},
    Command{"textendash", "–"},
    Command{"textemdash", "—"},
    Command{"textquoteleft", "‘"},
    Command{"textquoteright", "’"},
    Command{"textquotedblleft", "“"},
    Command{"textquotedblright", "”"},
    Command{"textquotesingle", "'"},
    Command{"guillemotleft", "«"},
    Command{"guillemotright", "»"},
    Command{"guilsinglleft", "‹"},
    Command{"guilsinglright", "›"},
    Command{"quotedblbase", "„"},
    Command{"quotesinglbase", "‚"},
    Command{"textexclamdown", "¡"},
    Command{"textquestiondown", "¿"},
    Command{"ldots", "…"},
    Command{"dots", "…"},
    Command{"textellipsis", "…"},
    Command{"textbullet", "•"},
    Command{"textperiodcentered", "·"},
    Command{"textdegree", "°"},
    Command{"textregistered", "®"},
    Command{"texttrademark", "™"},
    Command{"copyright", "©"},
    Command{"textcopyright", "©"},
    Command{"pounds", "£"},
    Command{"textsterling", "£"},
    Command{"texteuro", "€"},
    Command{"euro", "€"},
    Command{"EUR", "€"},
    Command{"textyen", "¥"},
    Command{"S", "§"},
    Command{"P", "¶"},
    Command{"textbackslash", "\\"},
    Command{"textasciitilde", "~"},
    Command{"textasciicircum", "^"},
    Command{"textunderscore", "_"},
    Command{"textbar", "|"},
    Command{"textless", "<"},
    Command{"textgreater", ">"},
    Command{"times", "×"},
    Command{"pm", "±"},
    Command{"alpha", "α"},
    Command{"beta", "β"},
    Command{"gamma", "γ"},
    Command{"delta", "δ"},
    Command{"mu", "μ"},
    Command{"TeX", "TeX"},
    Command{"LaTeX", "LaTeX"},
    Command{"newline", " "},
    Command{"par", " "},
};

/// Signs that mean another one where no command stands; the longer first.
constexpr std::array kLigatures{
    Command{"---", "—"}, Command{"--", "–"}, Command{"``", "“"}, Command{"''", "”"},
    Command{"~", " "},   Command{"!`", "¡"}, Command{"?`", "¿"},
};

template <std::size_t Size>
const Command* look_up(const std::array<Command, Size>& table, std::string_view name) {
  for (const Command& command : table) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

/// Bytes of the character that begins here.
std::size_t character_size(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

std::string composed(const std::string& text) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(code);
  if (U_FAILURE(code)) return text;
  const icu::UnicodeString normal = normalizer->normalize(icu::UnicodeString::fromUTF8(text), code);
  if (U_FAILURE(code)) return text;
  std::string result;
  normal.toUTF8String(result);
  return result;
}

/// Goes through a text once. Nothing nests here, so no depth has to be bounded: braces are passed
/// over, and an accent waits for the letter behind it.
class Conversion {
 public:
  explicit Conversion(std::string_view text) : rest_(text) {}

  std::string convert() {
    while (!rest_.empty()) step();
    return composed(in_single_spaces(out_));
  }

 private:
  void step() {
    if (rest_[0] == '\\') {
      rest_.remove_prefix(1);
      take_command();
    } else if (rest_[0] == '{' || rest_[0] == '}') {
      if (rest_[0] == '}') accent_ = {};
      rest_.remove_prefix(1);
    } else if (rest_[0] == '$') {
      rest_.remove_prefix(1);
    } else if (const Command* sign = ligature()) {
      put(sign->text);
      rest_.remove_prefix(sign->name.size());
    } else {
      const std::size_t size = character_size(rest_);
      put(rest_.substr(0, size));
      rest_.remove_prefix(size);
    }
  }

  const Command* ligature() const {
    for (const Command& sign : kLigatures) {
      if (rest_.starts_with(sign.name)) return &sign;
    }
    return nullptr;
  }

  void take_command() {
    if (rest_.empty()) return;
    std::size_t size = 1;
    const bool word = is_letter(rest_[0]);
    while (word && size < rest_.size() && is_letter(rest_[size])) ++size;
    const std::string_view name = rest_.substr(0, size);
    const Command* accent = look_up(kAccents, name);
    const Command* named = word ? look_up(kNamed, name) : nullptr;
    if (!word && accent == nullptr) {  // `\&`, `\%`, `\\`, `\,` …
      const bool nothing = name == "-" || name == "/" || name == "!";
      const bool space = name == "\\" || name == "," || name == ";" || name == ":";
      if (!nothing) put(space ? " " : name);
      rest_.remove_prefix(size);
      return;
    }
    rest_.remove_prefix(size);
    if (word) {
      while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_[0])) != 0) {
        rest_.remove_prefix(1);
      }
    }
    if (accent != nullptr) accent_ = accent->text;
    if (accent == nullptr && named != nullptr) put(named->text);
  }

  void put(std::string_view text) {
    if (accent_.empty() || text.empty()) {
      out_ += text;
      return;
    }
    // An accent wants the letter with its dot.
    if (text == "ı") text = "i";
    if (text == "ȷ") text = "j";
    out_ += text;
    out_ += accent_;
    accent_ = {};
  }

  static std::string in_single_spaces(const std::string& text) {
    std::string tidy;
    for (const char c : text) {
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!space) tidy += c;
      if (space && !tidy.empty() && tidy.back() != ' ') tidy += ' ';
    }
    if (!tidy.empty() && tidy.back() == ' ') tidy.pop_back();
    return tidy;
  }

  std::string_view rest_;
  std::string out_;
  std::string_view accent_;
};

}  // namespace

std::string from_latex(std::string_view text) {
  return Conversion(text).convert();
}

std::string plain_from_latex(std::string_view text) {
  if (text.starts_with("\\url{")) text.remove_prefix(4);
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escape = c == '\\' && i + 1 < text.size() && !is_letter(text[i + 1]);
    if (escape || c == '{' || c == '}' || c == '\n' || c == '\t') continue;
    plain += c;
  }
  return plain;
}

}  // namespace mangrove::ingest
