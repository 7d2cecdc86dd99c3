// What the rules of a report are about, in words; and what becomes of a job.
import type { Topic } from "../api/calls";
import type { Job } from "../api/client";
import { count, decimal, duration, plural, size } from "./format";

const TOPICS: Record<Topic, string> = {
  references: "References",
  percentages: "Percentages",
  dates: "Dates",
  roles: "Roles",
  "sdg-codes": "SDG codes",
  sectors: "Sectors",
  places: "Places",
  texts: "Texts",
  money: "Money",
  form: "Form of the file",
};

export function topicName(topic: string): string {
  return topic in TOPICS ? TOPICS[topic as Topic] : topic;
}

const STATES: Record<Job["state"], string> = {
  waiting: "Waiting",
  running: "Being read",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  interrupted: "Interrupted",
};

export function stateName(job: Pick<Job, "state" | "cancelling" | "complete">): string {
  if (job.cancelling) return "Being cancelled";
  if (job.state === "done" && !job.complete) return "Done, with something left out";
  return STATES[job.state];
}

export function hasEnded(job: Pick<Job, "state">): boolean {
  return job.state !== "waiting" && job.state !== "running";
}

/** How far a job is, in one line. */
export function progressLine(job: Job): string {
  const { stage, records, bytes, records_per_second: rate, seconds_left: left } = job.progress;
  if (stage === "waiting") return "It waits for the files before it.";
  if (stage === "settling") {
    return `${plural(records, "record", "records")} read. Now it is found out who is who.`;
  }
  const parts = [plural(records, "record", "records"), `${size(bytes)} of ${size(job.bytes)}`];
  if (rate) parts.push(`${rate < 10 ? decimal(rate) : count(rate)} a second`);
  if (left !== null) parts.push(`about ${duration(left)} left`);
  return parts.join(", ");
}
