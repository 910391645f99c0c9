CREATE DATABASE IF NOT EXISTS corpus_wordpress CHARACTER SET utf8mb4;
USE corpus_wordpress;

CREATE TABLE wp_users (
  ID bigint(20) unsigned NOT NULL auto_increment,
  user_login varchar(60) NOT NULL default '',
  user_pass varchar(255) NOT NULL default '',
  user_email varchar(100) NOT NULL default '',
  user_registered datetime NOT NULL default '1970-01-01 00:00:00',
  user_status int(11) NOT NULL default '0',
  PRIMARY KEY  (ID),
  KEY user_login_key (user_login)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
CREATE TABLE wp_options (
  option_id bigint(20) unsigned NOT NULL auto_increment,
  option_name varchar(191) NOT NULL default '',
  option_value longtext NOT NULL,
  autoload varchar(20) NOT NULL default 'yes',
  PRIMARY KEY  (option_id),
  UNIQUE KEY option_name (option_name),
  KEY autoload (autoload)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
CREATE TABLE wp_posts (
  ID bigint(20) unsigned NOT NULL auto_increment,
  post_author bigint(20) unsigned NOT NULL default '0',
  post_content longtext NOT NULL,
  post_title text NOT NULL,
  `comment_status` varchar(20) NOT NULL default 'open',
  PRIMARY KEY  (ID),
  KEY post_author (post_author)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

INSERT INTO `wp_users` VALUES (1,'admin','$P$BDl7zH.8fW;1','admin@example.com','2026-05-01 10:00:00',0);
INSERT INTO `wp_options` (option_name, option_value, autoload) VALUES
('siteurl', 'https://example.com/?a=1;b=2', 'yes'),
('active_plugins', 'a:1:{i:0;s:19:"akismet/akismet.php";}', 'yes'),
('widget_text', 'a:2:{i:1;a:0:{}s:12:"_multiwidget";i:1;}', 'yes'),
('regex', '/^(\\d+);\'"--#/', 'no');
INSERT INTO wp_posts (post_author, post_content, post_title) VALUES (1, '<!-- wp:paragraph -->
<p>Welcome to WordPress. It\'s &quot;you&quot;; don''t panic -- yet /* or */ # now.</p>
<script>if (a && b) { alert("x;"); }</script>
<!-- /wp:paragraph -->', 'Hello world!');
UPDATE wp_options SET option_value = REPLACE(option_value, 'http://', 'https://') WHERE option_name = 'siteurl'; -- the end;
# really; the end
