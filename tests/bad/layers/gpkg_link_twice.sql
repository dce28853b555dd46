UPDATE links SET link_id = 10 WHERE link_id = 11;
