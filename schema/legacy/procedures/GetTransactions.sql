-- The postings of rent accounts in a period, both days included, newest first, and before them each account's opening balance.
-- Rows are dated by hand, and now and then wrongly. The day that counts is therefore the latest day posted so far on that
-- account, in posting order, and never later than @To; the day shown is the one held.
-- The descriptions stand in two tables, and some codes in neither: outer joins, so that no posting is lost.
DROP PROCEDURE IF EXISTS gateway.GetTransactions
GO
CREATE PROCEDURE gateway.GetTransactions
  @References gateway.ReferenceList READONLY,
  @From date,
  @To date
AS
BEGIN
  SET NOCOUNT ON

  DECLARE @Postings TABLE (
    tag_ref char(11) NOT NULL,
    rtrans_no int NOT NULL,
    post_date date NOT NULL,
    counted date NOT NULL,
    trans_type char(3) NOT NULL,
    trans_ref char(20) NOT NULL,
    real_value money NOT NULL,
    dc_label char(1) NOT NULL
  )

  INSERT INTO @Postings (tag_ref, rtrans_no, post_date, counted, trans_type, trans_ref, real_value, dc_label)
  SELECT x.tag_ref, x.rtrans_no, x.post_date, CASE WHEN x.latest > @To THEN @To ELSE x.latest END,
    x.trans_type, x.trans_ref, x.real_value, x.dc_label
  FROM (
    SELECT t.tag_ref, t.rtrans_no, CONVERT(date, t.post_date) AS post_date,
      MAX(CONVERT(date, t.post_date)) OVER (PARTITION BY t.tag_ref ORDER BY t.rtrans_no ROWS UNBOUNDED PRECEDING) AS latest,
      t.trans_type, t.trans_ref, t.real_value, t.dc_label
    FROM @References AS r
    INNER JOIN dbo.rtrans AS t ON t.tag_ref = CAST(r.Reference AS char(11))
  ) AS x

  SELECT a.tag_ref AS TagRef, CAST(COALESCE(SUM(p.real_value), 0) AS money) AS OpeningBalance
  FROM @References AS r
  INNER JOIN dbo.tenagree AS a ON a.tag_ref = CAST(r.Reference AS char(11))
  LEFT JOIN @Postings AS p ON p.tag_ref = a.tag_ref AND p.counted < @From
  GROUP BY a.tag_ref
  ORDER BY a.tag_ref

  SELECT p.tag_ref AS TagRef, p.rtrans_no AS PostingNo, p.post_date AS PostDate, p.counted AS CountedDate, p.trans_type AS TransType,
    p.trans_ref AS TransRef, p.real_value AS Amount, p.dc_label AS Label,
    d.deb_desc AS ChargeDescription, c.rec_desc AS ReceiptDescription
  FROM @Postings AS p
  LEFT JOIN dbo.debtype AS d ON d.deb_code = p.trans_type
  LEFT JOIN dbo.rectype AS c ON c.rec_code = p.trans_type
  WHERE p.counted >= @From
  ORDER BY p.tag_ref, p.rtrans_no DESC
END
GO
