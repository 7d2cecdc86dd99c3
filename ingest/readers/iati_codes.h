#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/base/date.h"

/// What the words and codes of IATI files mean, whatever the version and however they are spelt.
/// Pure functions over tables; the tables are at the head of `iati_codes.cpp`.
namespace mangrove::ingest::iati {

/// A code of the SDG catalogue, in its one proper form.
struct SdgCode {
  enum class Level { goal, target, indicator };
  Level level;
  std::string code;   ///< `8`, `8.7`, `16.a` or `8.7.1`.
  bool exact = true;  ///< Written so; false where it was `08.07`, `SDG 8.7`, `16.A`, `8.7.`…

  /// The target that an indicator is of; the code itself otherwise.
  std::string target() const;
};

/// Nothing where the text is not of the form of such a code. Whether there is such a goal or target
/// is for the ontology to say.
std::optional<SdgCode> parse_sdg_code(std::string_view text);

/// `1`, `Funding`, `funding` -> `funding`; empty where the role is unknown.
std::string_view role_word(std::string_view role);
/// `10`, `Government` -> `government`; empty where the type is unknown.
std::string_view organisation_type_word(std::string_view type);
/// `2`, `Implementation` -> `implementation`; empty where the status is unknown.
std::string_view status_word(std::string_view status);
/// `1`, `Global` -> `global`; empty where the scope is unknown.
std::string_view scope_word(std::string_view scope);
/// `2`, `start-actual` -> `start`; `1`, `start-planned` -> `start_planned`; empty where unknown.
std::string_view date_property(std::string_view type);
/// `1`, `parent` -> `parent`; empty where the type is unknown.
std::string_view relation_word(std::string_view type);
/// What a document of this category is: `A07` -> `evaluation`; empty where unknown.
std::string_view document_word(std::string_view category);
/// What a location is, by its feature designation, `ADM1` -> `province`; empty where unknown.
std::string_view feature_level(std::string_view designation);
/// The same by its location class, `2` -> `settlement`.
std::string_view class_level(std::string_view location_class);
/// `2` -> `percentage`: the unit of an indicator's measure; empty where unknown.
std::string_view measure_word(std::string_view measure);
/// `2` -> `outcome`: how far along from means to change a result is; empty for others and unknown.
std::string_view result_word(std::string_view type);

/// What a transaction is to the money's way.
enum class Flow {
  none,       ///< No funding: repayments, interest, guarantees, pledges, or unknown.
  received,   ///< Money came in.
  spent,      ///< Money went out.
  committed,  ///< Money was promised in a binding way.
};
Flow transaction_flow(std::string_view type);
/// Whether the standard, in any version, has such a type.
bool is_transaction_type(std::string_view type);
/// Whether money of this type comes to the reporting organisation (else it leaves it).
bool is_incoming(std::string_view type);

/// A number as written by people.
struct Number {
  double value = 0;
  bool exact = true;  ///< False where separators or signs around it had to be taken away.
};
/// `1000`, `1,000.50`, `1.000,50`, `1 000`, `EUR 5`; nothing where it cannot be told what is meant.
std::optional<Number> parse_amount(std::string_view text);
/// `33.3`, `33,3`, `33 %`.
std::optional<Number> parse_percentage(std::string_view text);

/// `usd` -> `USD`; empty where the text is no currency code of three letters (ISO 4217).
std::string currency_code(std::string_view text);

/// A date as in `@iso-date`, or as people write it where it can mean one day only: `2013-07-24`,
/// `2013/07/24`, `31/12/2013`. `5/6/2013` could be May or June, so it is nothing.
std::optional<Date> parse_written_date(std::string_view text);

/// `2013-07-24 12:46:08+02:00` -> `2013-07-24T10:46:08Z`, so that text order is time order; a time
/// without a zone is taken as UTC. Nothing where it is no time.
std::optional<std::string> parse_moment(std::string_view text);

/// `EN` -> `en`, `pt_BR` -> `pt-br`; empty where the text is no language tag.
std::string language_tag(std::string_view text);

/// Trimmed, with control characters inside turned into spaces.
std::string clean(std::string_view text);

/// Lower case for ASCII letters, others as they are.
std::string lower(std::string_view text);

}  // namespace mangrove::ingest::iati
