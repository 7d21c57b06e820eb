-- Everybody in the households of tenancies: those who signed (responsible) and those who live there.
DROP PROCEDURE IF EXISTS gateway.GetMembers
GO
CREATE PROCEDURE gateway.GetMembers
  @References gateway.ReferenceList READONLY
AS
BEGIN
  SET NOCOUNT ON

  SELECT t.tag_ref AS TagRef, m.house_ref AS HouseRef, m.person_no AS PersonNo, m.title AS Title, m.forename AS Forename,
    m.surname AS Surname, CONVERT(date, m.dob) AS DateOfBirth, m.responsible AS Responsible, m.relationship AS Relationship
  FROM @References AS r
  INNER JOIN dbo.tenagree AS t ON t.tag_ref = CAST(r.Reference AS char(11))
  INNER JOIN dbo.member AS m ON m.house_ref = t.house_ref
  ORDER BY t.tag_ref, m.person_no
END
GO
