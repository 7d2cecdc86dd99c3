import { describe, expect, it } from "vitest";
import type { Job } from "../api/client";
import { duration, size } from "./format";
import { hasEnded, progressLine, stateName, topicName } from "./topics";

function job(given: Partial<Job["progress"]>): Job {
  const progress = {
    stage: "reading",
    bytes: 0,
    records: 0,
    seconds: 1,
    records_per_second: null,
    seconds_left: null,
    ...given,
  };
  return { bytes: 2_000_000, progress } as Job;
}

describe("a job in words", () => {
  it("tells how far it is, and no more than is known", () => {
    expect(progressLine(job({ records: 1200, bytes: 500_000 }))).toMatch(
      /^1.200 records, 500\s?kB of 2\s?MB$/,
    );
    const line = progressLine(job({ records_per_second: 4000, records: 1, seconds_left: 12.3 }));
    expect(line).toMatch(/1 record, .*, 4.000 a second, about 12 seconds left/);
    expect(progressLine(job({ stage: "settling", records: 7 }))).toMatch(/^7 records read/);
  });

  it("says what became of it", () => {
    expect(stateName({ state: "done", complete: true, cancelling: false })).toBe("Done");
    expect(stateName({ state: "done", complete: false, cancelling: false })).toMatch(/left out/);
    expect(stateName({ state: "running", complete: true, cancelling: true })).toMatch(/cancelled/);
    expect(hasEnded({ state: "running" })).toBe(false);
    expect(hasEnded({ state: "interrupted" })).toBe(true);
  });
});

it("bytes and times are said as people say them", () => {
  expect(size(999)).toMatch(/^999/);
  expect(size(1_500_000)).toMatch(/^1.5\s?MB$/);
  expect(duration(0.2)).toBe("1 second");
  expect(duration(100)).toBe("2 minutes");
  expect(duration(7200)).toBe("2 hours");
});

it("a topic that is new keeps its name", () => {
  expect(topicName("sdg-codes")).toBe("SDG codes");
  expect(topicName("colours")).toBe("colours");
});
