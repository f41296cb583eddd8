const types =
  /^((ForAnyValue|ForAllValues):)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?Equals|Numeric(LessThan|GreaterThan)(Equals)?|Date(Not)?Equals|Date(LessThan|GreaterThan)(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/;

/** Whether IAM knows the operator; it refuses others as "Invalid Condition type" (IAM user guide, "Condition operators"). */
export function isConditionType(name: string): boolean {
  return types.test(name);
}

/**
 * Whether IAM takes the key: one colon behind the service's or provider's name, which has no scheme; more may stand in
 * a tag's name behind a slash, and behind `kms:EncryptionContext:`. Else it says "can contain only one colon".
 */
export function isConditionKey(key: string): boolean {
  if (key.includes("://")) return false;
  const colons = key.split(":").length - 1;
  return colons === 1 || (colons > 1 && (key.includes("/") || /^kms:EncryptionContext:/i.test(key)));
}
