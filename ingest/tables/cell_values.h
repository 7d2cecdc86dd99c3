#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/value.h"

/// Values as people write them into cells.
namespace mangrove::ingest {

enum class CellType { text, integer, number, date, boolean, moment };
enum class DayOrder { unsaid, day_first, month_first };

/// How the cells of a column are written.
struct CellForm {
  CellType type = CellType::text;
  std::string language;              ///< Of texts.
  DayOrder days = DayOrder::unsaid;  ///< What `5/6/2013` means; unsaid: nothing.
  char decimal = 0;                  ///< `.` or `,`; 0: whatever can be told from the number.
};

/// The value that a cell spells; nothing where it spells none of that type.
///
/// Numbers may have separators of thousands, a currency or a percent sign. Dates are ISO dates,
/// `31/12/2013`, `31.12.13`, `12 March 2021`, `Mar-21`, years. Booleans are `yes`, `oui`, `x`, `0`,
/// …
std::optional<graph::Value> read_cell(std::string_view text, const CellForm& form);

/// A sum of money as written, `€5,000` or `5000 EUR`.
struct Money {
  double amount = 0;
  std::string currency;  ///< ISO 4217; empty where it is not said.
};
std::optional<Money> read_money(std::string_view text, char decimal = 0);

std::optional<Date> read_date(std::string_view text, DayOrder days);

}  // namespace mangrove::ingest
