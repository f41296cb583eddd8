import { judge } from "./judge";
import type { JudgedGoal } from "./judged-goal";
import { judgedGoal } from "./judged-goal";
import type { LiveJudgement } from "./judgement";

/** What is to be said of a goal and its plan: of the role as it will be, against the role that it changes. */
export function judgeGoal(goal: JudgedGoal): LiveJudgement {
  return judge(judgedGoal(goal));
}
