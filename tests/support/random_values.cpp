#include "tests/support/random_values.h"

#include <array>
#include <cmath>

namespace mangrove::tests {

using graph::Property;
using graph::Scalar;
using graph::Structure;
using graph::Text;
using graph::Value;

std::string RandomValues::id() {
  return "x:" + std::to_string(random_() % 20);
}

std::string RandomValues::text() {
  static const std::array<std::string, 9> kPieces{
      "labour", "forcé", " ", "\"", "\\", "\n", "\t", "عمل", "\xF0\x9F\x8C\xB1"};
  std::string words;
  for (std::size_t i = random_() % 6; i > 0; --i) words += kPieces[random_() % kPieces.size()];
  return words;
}

std::string RandomValues::language() {
  static const std::array<std::string, 4> kLanguages{"", "en", "fr", "pt-br"};
  return kLanguages[random_() % kLanguages.size()];
}

double RandomValues::number() {
  const double mantissa = static_cast<double>(random_()) / static_cast<double>(random_() | 1U);
  return std::ldexp(happens(50) ? mantissa : -mantissa, static_cast<int>(random_() % 120) - 60);
}

Date RandomValues::date() {
  const auto month = static_cast<std::uint8_t>(random_() % 13);
  const auto day = static_cast<std::uint8_t>(month == 0 ? 0 : random_() % 29);
  return {static_cast<std::int16_t>(1 + random_() % 9999), month, day};
}

Scalar RandomValues::scalar() {
  switch (random_() % 5) {
    case 0:
      return happens(50);
    case 1:
      return static_cast<std::int64_t>((std::uint64_t{random_()} << 32) | random_());
    case 2:
      return number();
    case 3:
      return date();
    default:
      return text();
  }
}

Value RandomValues::value() {
  switch (random_() % 6) {
    case 0:
      return happens(50);
    case 1:
      return static_cast<std::int64_t>((std::uint64_t{random_()} << 32) | random_());
    case 2:
      return number();
    case 3:
      return date();
    case 4:
      return Text{text(), language()};
    default:
      break;
  }
  Structure structure;
  for (std::size_t i = random_() % 4; i > 0; --i) {
    structure.fields.emplace_back("field" + std::to_string(i), scalar());
  }
  return structure;
}

std::vector<std::string> RandomValues::audience() {
  std::vector<std::string> names;
  if (happens(30)) names.emplace_back("partners");
  if (happens(30)) names.emplace_back("the police");
  return names;
}

std::vector<Property> RandomValues::properties() {
  std::vector<Property> properties;
  for (std::size_t i = random_() % 6; i > 0; --i) {
    properties.push_back({"p" + std::to_string(random_() % 4), value(), audience()});
  }
  return properties;
}

graph::Record RandomValues::record() {
  graph::Record record;
  if (happens(80)) record.source = "src:a";
  if (happens(30)) record.part = text();
  if (happens(30)) record.revision = "2024-01-01";
  if (happens(30)) record.origin = "file.xml:12";
  record.audience = audience();
  record.subject = {id(), "Thing", properties(), audience()};
  for (std::size_t i = random_() % 3; i > 0; --i) {
    record.mentions.push_back({id(), "Other", properties(), audience()});
  }
  for (std::size_t i = random_() % 4; i > 0; --i) {
    record.edges.push_back(
        {id(), "KNOWS", id(), happens(40) ? "well" : "", properties(), audience(), happens(30)});
  }
  return record;
}

}  // namespace mangrove::tests
