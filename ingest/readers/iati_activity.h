#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"
#include "ingest/draft.h"
#include "ingest/readers/iati.h"
#include "ingest/readers/iati_codes.h"
#include "ingest/xml.h"

/// The parts that together make the statements of one IATI activity, or of one organisation of an
/// organisation file: a file each, all over this one context. Only `ingest/readers/iati*` includes
/// this header.
namespace mangrove::ingest::iati {

/// One activity on its way from XML to a draft. An `iati-organisation` goes the same way: it has
/// texts, currencies, a publisher, money, places and documents as activities do.
struct Activity {
  const XmlElement element;
  const KindOf& kind_of;
  DraftBuilder out;

  std::string language;       ///< Of texts that do not name theirs; empty where unknown.
  std::string currency;       ///< Of values that do not name theirs; empty where unknown.
  std::string publisher_ref;  ///< Of the reporting organisation; empty where it has none.
  std::string publisher_id;   ///< Its node; empty where there is no reporting organisation.
  std::vector<std::string> countries;  ///< Ids of the recipient countries of the activity itself.

  void found(const XmlElement& at, std::string_view rule, std::string_view detail, Action action) {
    out.found(at.line(), rule, out.subject() + ": " + std::string(detail), action);
  }
};

// --- iati_texts.cpp -----------------------------------------------------------------------------

/// The texts of an element, each with its language: its narratives, or (1.0x) its own text. In one
/// line each, whatever their indentation in the file.
std::vector<graph::Text> texts_of(Activity& activity, const XmlElement& element);
/// The same, with line ends kept.
std::vector<graph::Text> paragraphs_of(Activity& activity, const XmlElement& element);
/// The identifier of an activity as written, trimmed; empty where there is none.
std::string identifier_in(const std::optional<XmlElement>& element);
/// The first text; empty where there is none.
std::string first_text(const XmlElement& element);
/// A code as 2.0x has it in `@code`, or as 1.0x may have it in the text.
std::string_view code_or_text(const XmlElement& element);
/// A percentage, with a finding where it is none; nothing where there is none.
std::optional<double> percentage_of(Activity& activity, const XmlElement& element);
/// A date in `@iso-date` or in the text, with a finding where it is none.
std::optional<Date> date_of(Activity& activity, const XmlElement& element);

/// A currency's code in this attribute, with a finding where it is none; empty then.
std::string currency_of(Activity& activity, const XmlElement& element, std::string_view attribute);

/// `title`, `description`, status, dates, scope and the other plain properties.
void read_properties(Activity& activity);

// --- iati_actors.cpp ----------------------------------------------------------------------------

/// The node of the organisation that this element names by `@ref` or by its text, with what is said
/// of it; empty, with a finding, where it is not named.
std::string read_actor(Activity& activity, const XmlElement& element);

/// Settles who publishes it, by `reporting-org`: that element, or nothing, with a finding.
std::optional<XmlElement> read_publisher(Activity& activity);
/// Whose statement it is, where it was read, and of when it is. After `read_publisher`.
void read_provenance(Activity& activity, const std::string& file);

/// `reporting-org`, `participating-org`, of an activity.
void read_reporting_organisation(Activity& activity);
void read_participants(Activity& activity);
/// `related-activity`, and every place where an element names another activity.
void read_related(Activity& activity);
void relate(Activity& activity, const XmlElement& at, std::string_view other,
            std::string_view type);

// --- iati_places.cpp ----------------------------------------------------------------------------

/// `recipient-country`, `recipient-region` and `location` of the activity.
void read_places(Activity& activity);
/// The place of a `recipient-country` or `recipient-region`; empty, with a finding, where it has
/// neither code nor name.
std::string read_country(Activity& activity, const XmlElement& element);
std::string read_region(Activity& activity, const XmlElement& element);
/// The same of one transaction.
void read_places_of_transaction(Activity& activity, const XmlElement& transaction);

// --- iati_themes.cpp ----------------------------------------------------------------------------

/// `sector`, of the activity or of one transaction.
void read_sectors(Activity& activity, const XmlElement& parent);
void read_tags(Activity& activity);
void read_markers(Activity& activity);
/// An edge to the SDG goal or target that a code means; where the catalogue has no such code, the
/// code is kept as text. `stated_in` is tag, sector, marker or result. Gives the code's id, or
/// nothing.
std::string contribute(Activity& activity, const XmlElement& at, std::string_view code,
                       std::optional<SdgCode::Level> expected, std::string_view stated_in,
                       std::optional<double> percentage);

// --- iati_money.cpp -----------------------------------------------------------------------------

/// An amount of money.
struct Money {
  double amount;
  std::string currency;  ///< Empty where unknown.
};
/// What stands in the `value` of an element, with a finding where it is none.
std::optional<Money> money_of(Activity& activity, const XmlElement& parent);
/// The year of the date of this name, else of the value; 0, with a finding, where there is none.
int year_of(Activity& activity, const XmlElement& parent, std::string_view date_name);

/// Money is summed by currency and year, and this is what tells such sums apart in an edge:
/// `2020 USD`.
struct SumKey {
  std::string currency;
  int year;
  friend auto operator<=>(const SumKey&, const SumKey&) = default;
};
using Sums = std::map<SumKey, double>;
std::string qualifier_of(const SumKey& key);
/// States currency and year on the edge of such a sum.
void state_key(graph::EdgeStatement& edge, const SumKey& key);
void state_sums(Activity& activity, std::string_view property, const Sums& sums);

/// What a second amount for the same period means: a further part, or another word on the whole.
enum class Repeated { adds, replaces };
/// Sums these elements by currency and year of the start of their period. Of one period, a later
/// kind of statement takes the place of an earlier one: a revised budget that of the original one,
/// a committed one that of an indicative one. Where one replaces another of its kind, that is
/// found.
Sums sum_budgets(Activity& activity, const std::vector<XmlElement>& budgets, Repeated repeated);

/// `budget` and `transaction`.
void read_money(Activity& activity);

// --- iati_documents.cpp, iati_results.cpp -------------------------------------------------------

/// `document-link`, wherever in the activity it stands.
void read_documents(Activity& activity);
void read_results(Activity& activity);

// --- iati_quality.cpp ---------------------------------------------------------------------------

/// What a careful publisher would mend though it can be read: findings only. After all the others.
void check_quality(Activity& activity);

}  // namespace mangrove::ingest::iati
