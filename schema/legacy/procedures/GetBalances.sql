-- What each tenancy's rent account stands at now; positive is arrears.
DROP PROCEDURE IF EXISTS gateway.GetBalances
GO
CREATE PROCEDURE gateway.GetBalances
  @References gateway.ReferenceList READONLY
AS
BEGIN
  SET NOCOUNT ON

  SELECT t.tag_ref AS TagRef, t.cur_bal AS Balance
  FROM @References AS r
  INNER JOIN dbo.tenagree AS t ON t.tag_ref = CAST(r.Reference AS char(11))
  ORDER BY t.tag_ref
END
GO
