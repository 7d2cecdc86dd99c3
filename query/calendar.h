#pragma once

#include "graph/base/date.h"

namespace mangrove::query {

/// The day it is now, in UTC.
Date today();

/// How many whole months lie between two dates; negative where `to` is the earlier one. Where a
/// date names no month or day, it stands for the first of its year or month, so that an age is
/// rather too high than too low. A whole year is twelve months.
int months_between(const Date& from, const Date& to);

}  // namespace mangrove::query
