-- Answers when the database can be reached and the login may execute.
DROP PROCEDURE IF EXISTS gateway.Ping
GO
CREATE PROCEDURE gateway.Ping
AS
BEGIN
  SET NOCOUNT ON
  SELECT CAST(1 AS int) AS Alive
END
GO
