import { z } from "zod";
import { grades } from "./finding";

/** A grade on the wire. */
export const gradeSchema = z.enum(grades);
